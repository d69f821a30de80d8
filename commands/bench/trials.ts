import { setTimeout as sleep } from "node:timers/promises";
import { BURST } from "./burst.ts";
import { type ColumnName, DEPTH } from "./columns.ts";
import type { Scale } from "./scale.ts";
import type { Setup, Trial } from "./trial.ts";

/** The part of the connections whose handshakes warm the server up, and are not timed. */
const UNTIMED = 0.1;

/** All trials: each takes a server of its own, that none finds what another has left. */
export const TRIALS: readonly Trial[] = [
  { request: "echo", run: connections },
  { request: "echo", run: (setup, scale) => echo(setup, scale, "echo1", scale.fewClients, 1) },
  { request: "echo", run: (setup, scale) => echo(setup, scale, "echo8", scale.manyClients, DEPTH) },
  { request: "burst", run: burst },
];

/** Memory is what the connections took of it since the server listened, garbage and compiled code with it. */
async function connections({ order, measure, memory }: Setup, scale: Scale) {
  const untimed = Math.floor(scale.connections * UNTIMED);
  const before = await memory();
  await order({ do: "open", clients: untimed });
  const handshakes = await measure("handshakes", { do: "open", clients: scale.connections - untimed });
  await sleep(scale.idle * 1000);
  const kilobytes = ((await memory()) - before) / scale.connections / 1000;
  return [handshakes, { column: "memory" as const, value: kilobytes }];
}

async function echo(
  { order, measure }: Setup,
  scale: Scale,
  column: ColumnName,
  clients: number,
  depth: number,
) {
  await order({ do: "open", clients });
  await order({ do: "echo", depth, amount: scale.warmUp });
  return [await measure(column, { do: "echo", depth, amount: scale.measured })];
}

async function burst({ order, measure }: Setup, scale: Scale) {
  await order({ do: "open", clients: scale.manyClients });
  await order({ do: "burst", size: BURST, amount: scale.warmUp });
  return [await measure("burst", { do: "burst", size: BURST, amount: scale.measured })];
}
