import { BURST } from "./burst.ts";
import type { Scale } from "./scale.ts";

/** What is measured of each peer. */
export type ColumnName = "handshakes" | "memory" | "echo1" | "echo8" | "burst";

/** A column of the tables. */
export interface Column {
  readonly name: ColumnName;
  readonly title: string;
  /** Whether a smaller figure is the better one. */
  readonly lessIsBetter: boolean;
}

/** Messages in flight of the echo with many of them. */
export const DEPTH = 8;

/** The columns, in their order, with titles that say what a scale makes of them. */
export function columns({ connections, fewClients, manyClients }: Scale): readonly Column[] {
  return [
    { name: "handshakes", title: "handshakes/s", lessIsBetter: false },
    {
      name: "memory",
      title: `RSS per idle connection, of ${thousands(connections)}, kB`,
      lessIsBetter: true,
    },
    { name: "echo1", title: `echoes/s, ${fewClients} clients, 1 in flight`, lessIsBetter: false },
    {
      name: "echo8",
      title: `echoes/s, ${thousands(manyClients)} clients, ${DEPTH} in flight`,
      lessIsBetter: false,
    },
    {
      name: "burst",
      title: `bursts of ${BURST} messages to ${thousands(manyClients)} clients, frames/s`,
      lessIsBetter: false,
    },
  ];
}

function thousands(count: number): string {
  return count.toLocaleString("en-GB");
}
