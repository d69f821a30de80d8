/**
 * The server under fuzz, in a process of its own: that it never dies is seen from outside. Its parent asks by messages,
 * so that asking is no connection.
 */

import { writeSync } from "node:fs";
import { createServer } from "node:http";
import { hookUpgrades } from "../../middleware/index.ts";
import { TimerWatch } from "../support/timer-watch.ts";
import { createFuzzApp, type Ending } from "./app.ts";
import { takeCensus, takeLoad } from "./census.ts";

/** What the parent may want. */
export type Wish =
  | { readonly id: number; readonly ask: "load" | "census" }
  | { readonly end: string; readonly how: Ending };

const STDERR = 2;

const timers = new TimerWatch();
const fuzzed = createFuzzApp();
const server = hookUpgrades(createServer(fuzzed.app));

// At once, as nothing comes after it: an unhandled rejection comes here too.
process.on("uncaughtExceptionMonitor", (error, origin) => {
  writeSync(STDERR, `${origin}: ${error?.stack ?? String(error)}\n`);
});
process.on("message", (wish: Wish) => {
  if ("end" in wish) fuzzed.end(wish.end, wish.how);
  else void answer(wish.id, wish.ask);
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.({ id: 0, value: server.address() }));

async function answer(id: number, ask: "load" | "census"): Promise<void> {
  const load = await takeLoad(server, fuzzed.handlers());
  process.send?.({ id, value: ask === "load" ? load : await takeCensus(load, timers) });
}
