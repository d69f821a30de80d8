import { fileURLToPath } from "node:url";
import { packageRoot } from "../../package-root.ts";
import { numberIn, numbersIn, startChild } from "../child.ts";
import { peakMemory } from "../peak-memory.ts";
import type { Pinning } from "../pinning.ts";
import type { ChatOrder } from "./orders.ts";
import { AT_ONCE, type ChatScale } from "./scale.ts";
import type { ChatSide } from "./sides.ts";

/** What came of a room. */
export interface RoomRun {
  /** What it took until all members were in it, in seconds. */
  readonly fill: number;
  /** What each message took to reach all, in milliseconds. */
  readonly single: readonly number[];
  /** What messages said at once took, for each time. */
  readonly together: readonly number[];
  /** The most memory that the server had resident, in bytes; undefined where the system does not say. */
  readonly memory: number | undefined;
}

const MEMBERS = "dist/commands/bench/chat/main.js";

/**
 * Fills a room and speaks in it, with processes of its own, which have ended when it gives what was measured.
 *
 * @throws CommandError if the server or a member fails
 */
export async function runRoom(side: ChatSide, scale: ChatScale, pins: Pinning): Promise<RoomRun> {
  const script = fileURLToPath(new URL(MEMBERS, packageRoot()));
  const server = await side.start(pins);
  const load = startChild(`The members of ${side.name}`, [...pins.load, process.execPath, script]);
  const ask = (order: ChatOrder) => load.ask(order);

  async function speak(rounds: number, atOnce: number): Promise<number[]> {
    return numbersIn(await ask({ do: "speak", rounds, atOnce }), "milliseconds");
  }

  try {
    const { dialect } = side;
    const port = await server.port;
    const fill = numberIn(await ask({ do: "fill", port, dialect, members: scale.members }), "seconds");
    await speak(scale.warmUp, 1);
    const single = await speak(scale.single, 1);
    const together = await speak(scale.together, AT_ONCE);
    return { fill, single, together, memory: peakMemory(server.pid) };
  } finally {
    // The server first: the ports that TCP keeps for a while after a close are then its own.
    await server.end();
    await load.end();
  }
}
