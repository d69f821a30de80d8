import { fileURLToPath } from "node:url";
import { packageRoot } from "../package-root.ts";
import { numberIn, startChild } from "./child.ts";
import type { ColumnName } from "./columns.ts";
import type { Request } from "./load/dialect.ts";
import type { Order } from "./load/order.ts";
import type { InstalledPeer } from "./peers.ts";
import type { Pinning } from "./pinning.ts";
import type { Scale } from "./scale.ts";

/** One figure of one run. */
export interface Measurement {
  readonly column: ColumnName;
  /** Operations per second; of memory, kilobytes. */
  readonly value: number;
  /** The server's processor time for each operation, in microseconds; undefined for memory. */
  readonly cpu?: number;
}

/** A server that was just started, and its load. */
export interface Setup {
  /** Has the load do something. */
  order(order: Order): Promise<unknown>;
  /** The same, measured. */
  measure(column: ColumnName, order: Order): Promise<Measurement>;
  /** Resident memory of the server, in bytes. */
  memory(): Promise<number>;
}

/** What is done to a server. */
export interface Trial {
  /** What the clients ask for. */
  readonly request: Request;
  run(setup: Setup, scale: Scale): Promise<Measurement[]>;
}

const LOAD = "dist/commands/bench/load/main.js";

/**
 * Runs a trial with processes of its own, which have ended when it gives what was measured.
 *
 * @throws CommandError if the server or the load fails
 */
export async function runTrial(
  { request, run }: Trial,
  { name, command, dialect = "plain" }: InstalledPeer,
  scale: Scale,
  pins: Pinning,
): Promise<Measurement[]> {
  const script = fileURLToPath(new URL(LOAD, packageRoot()));
  const server = startChild(`The server of ${name}`, [...pins.server, ...command]);
  const load = startChild(`The load of ${name}`, [...pins.load, process.execPath, script]);
  try {
    const port = numberIn(await server.answer(), "port");
    await load.ask({ do: "target", port, dialect, request } satisfies Order);
    return await run({ order: load.ask, measure, memory: () => usage("rss") }, scale);
  } finally {
    // The server first: the ports that TCP keeps for a while after a close are then its own.
    await server.end();
    await load.end();
  }

  /** Nothing is in flight before and after: all that the server did in between was for these operations. */
  async function measure(column: ColumnName, order: Order): Promise<Measurement> {
    const before = await usage("cpu");
    const done = await load.ask(order);
    const cpu = (await usage("cpu")) - before;
    const operations = numberIn(done, "operations");
    return { column, value: operations / numberIn(done, "seconds"), cpu: cpu / operations };
  }

  async function usage(what: "cpu" | "rss"): Promise<number> {
    return numberIn(await server.ask({}), what);
  }
}
