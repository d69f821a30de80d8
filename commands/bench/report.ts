import type { Column, ColumnName } from "./columns.ts";
import type { Machine } from "./machine.ts";
import { BASELINE, type InstalledPeer } from "./peers.ts";
import type { Scale } from "./scale.ts";
import { ratios, type Summary, summarize } from "./statistics.ts";
import type { Measurement } from "./trial.ts";

/** What a bench came to: the JSON that it writes. */
export interface Report {
  readonly date: string;
  readonly machine: Machine;
  /** Whether the server had a core to itself. */
  readonly pinned: boolean;
  readonly scale: Scale;
  readonly columns: readonly Column[];
  readonly peers: readonly PeerReport[];
}

/** What one peer came to. */
export interface PeerReport {
  readonly name: string;
  readonly version: string;
  readonly figures: Readonly<Partial<Record<ColumnName, Figure>>>;
}

/** A cell of the tables. */
export interface Figure {
  /** Operations per second; of memory, kilobytes. */
  readonly value: Summary;
  /** That against bare ws in the same run; undefined where that was not measured. */
  readonly ratio?: Summary;
  /** The server's processor time for each operation, in microseconds; undefined for memory. */
  readonly cpu?: Summary;
  /** That against bare ws in the same run. */
  readonly cpuRatio?: Summary;
  /** The part of the time that the server was busy, from 0 to 1: where it had time left, something else was the limit. */
  readonly busy?: Summary;
}

/** All measurements of each peer, run after run. */
export type Measurements = ReadonlyMap<InstalledPeer, readonly Measurement[]>;

/** Sums up what was measured of each peer. */
export function reportPeers(columns: readonly Column[], measurements: Measurements): PeerReport[] {
  const baseline = [...measurements].find(([{ name }]) => name === BASELINE)?.[1] ?? [];
  return [...measurements].map(([{ name, version }, measured]) => ({
    name,
    version,
    figures: Object.fromEntries(
      columns.map((column) => [column.name, figure(of(measured, column), of(baseline, column))]),
    ),
  }));
}

/** The report as JSON. Figures have four digits, which is more than they are good for. */
export function toJson(report: Report): string {
  const short = (_key: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  return `${JSON.stringify(report, short, 2)}\n`;
}

function of(measurements: readonly Measurement[], { name }: Column): Measurement[] {
  return measurements.filter(({ column }) => column === name);
}

function figure(measured: readonly Measurement[], baseline: readonly Measurement[]): Figure {
  const [values, cpus] = [valuesOf(measured), cpusOf(measured)];
  const compare = baseline.length > 0;
  return {
    value: summarize(values),
    ...(compare && { ratio: ratios(values, valuesOf(baseline)) }),
    ...(cpus.length > 0 && { cpu: summarize(cpus), busy: summarize(measured.map(busyPart)) }),
    ...(cpus.length > 0 && compare && { cpuRatio: ratios(cpus, cpusOf(baseline)) }),
  };
}

function busyPart({ value, cpu = 0 }: Measurement): number {
  return (value * cpu) / 1e6;
}

function valuesOf(measurements: readonly Measurement[]): number[] {
  return measurements.map(({ value }) => value);
}

function cpusOf(measurements: readonly Measurement[]): number[] {
  return measurements.flatMap(({ cpu }) => (cpu === undefined ? [] : [cpu]));
}
