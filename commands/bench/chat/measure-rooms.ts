import type { Pinning } from "../pinning.ts";
import { percentile } from "../statistics.ts";
import { quantity } from "../table.ts";
import { type RoomRun, runRoom } from "./run-room.ts";
import { AT_ONCE, type ChatScale } from "./scale.ts";
import type { ChatSide } from "./sides.ts";

/**
 * Measures sides, one after the other, and then all of them again: what changes on the machine meets them all.
 *
 * @param tell is given a line for each
 * @returns what was measured of each, run after run
 */
export async function measureRooms(
  sides: readonly ChatSide[],
  scale: ChatScale,
  pins: Pinning,
  tell: (line: string) => void,
): Promise<Map<ChatSide, RoomRun[]>> {
  const measured = new Map(sides.map((side) => [side, [] as RoomRun[]]));
  for (let run = 1; run <= scale.runs; run++) {
    for (const side of sides) {
      const room = await runRoom(side, scale, pins);
      measured.get(side)?.push(room);
      tell(`${run} of ${scale.runs}, ${side.name}: ${describe(room)}`);
    }
  }
  return measured;
}

function describe({ fill, single, together }: RoomRun): string {
  const [p50, p99] = [percentile(single, 0.5), percentile(single, 0.99)].map(quantity);
  const several = `${quantity(percentile(together, 0.5))} ms (${AT_ONCE} at once)`;
  return `p50 ${p50} ms, p99 ${p99} ms (one message), p50 ${several}, ${quantity(fill)} s to fill the room`;
}
