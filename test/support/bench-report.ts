import { columns } from "../../commands/bench/columns.ts";
import { findPeer, type InstalledPeer, PEERS } from "../../commands/bench/peers.ts";
import { type Report, reportPeers } from "../../commands/bench/report.ts";
import { FULL } from "../../commands/bench/scale.ts";
import type { Measurement } from "../../commands/bench/trial.ts";

/** The report of runs that nobody made: for each peer its measurements, run after run. */
export function benchReport(measured: Readonly<Record<string, readonly Measurement[]>>): Report {
  const shown = columns(FULL);
  const measurements = new Map(
    Object.entries(measured).map(([name, measurements]) => [installed(name), measurements]),
  );
  return {
    date: "2026-01-01T00:00:00.000Z",
    machine: {
      node: "v20.19.0",
      cpu: "A <fast> & cool CPU",
      cores: 2,
      memory: 4 * 2 ** 30,
      system: "Linux 6",
    },
    pinned: true,
    scale: FULL,
    columns: shown,
    peers: reportPeers(shown, measurements),
  };
}

/** A run of every column, in which all figures are the same. */
export function benchRun(value: number, cpu: number): Measurement[] {
  return columns(FULL).map(({ name }) =>
    name === "memory" ? { column: name, value } : { column: name, value, cpu },
  );
}

function installed(name: string): InstalledPeer {
  const peer = PEERS.find((one) => one.name === name);
  const found = peer && findPeer(peer);
  if (!found) throw new Error(`${name} is not installed`);
  return { ...found, version: "1.2.3" };
}
