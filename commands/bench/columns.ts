import { BURST } from "./burst.ts";
import type { Scale } from "./scale.ts";

/** What is measured of each peer. */
export type ColumnName = "handshakes" | "memory" | "echo1" | "echo8" | "burst";

/** A column of the tables. */
export interface Column {
  readonly name: ColumnName;
  /** What its figures count, as in "8,000 handshakes/s". */
  readonly figure: string;
  /** One of those, whose processor time is told; undefined where there is no such thing. */
  readonly operation?: string;
  /** How it is measured. */
  readonly circumstances: string;
  /** Whether a smaller figure is the better one. */
  readonly lessIsBetter: boolean;
}

/** Messages in flight of the echo with many of them. */
export const DEPTH = 8;

/** The columns in their order, for what a scale makes of them. */
export function columns(scale: Scale): readonly Column[] {
  const [few, many] = [thousands(scale.fewClients), thousands(scale.manyClients)];
  const echo = { figure: "echoes/s", operation: "echo", lessIsBetter: false };
  return [
    {
      name: "handshakes",
      figure: "handshakes/s",
      operation: "handshake",
      circumstances: `${thousands(scale.connections)} connections`,
      lessIsBetter: false,
    },
    {
      name: "memory",
      figure: "kB a connection",
      circumstances: `RSS, ${thousands(scale.connections)} idle`,
      lessIsBetter: true,
    },
    { name: "echo1", ...echo, circumstances: `${few} clients, 1 in flight` },
    { name: "echo8", ...echo, circumstances: `${many} clients, ${DEPTH} in flight` },
    {
      name: "burst",
      figure: "frames/s",
      operation: "frame",
      circumstances: `bursts of ${BURST} to ${many}`,
      lessIsBetter: false,
    },
  ];
}

function thousands(count: number): string {
  return count.toLocaleString("en-GB");
}
