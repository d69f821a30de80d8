import type { Stats } from "../../middleware/index.ts";
import type { Sample } from "./protocol.ts";

/** What a process is at the end of a second, besides what is counted over it. */
export type Moment = Pick<Sample, "time" | "delayP50" | "delayP99" | "rss" | "heap">;

type Counts = Readonly<Record<string, number>>;

/**
 * What a process did between two looks at its totals.
 *
 * @param seconds how long that was: hardly more than one, unless the process was too busy to look
 */
export function sampleBetween(before: Stats, after: Stats, seconds: number, moment: Moment): Sample {
  const handshakes = difference(before.handshakes, after.handshakes);
  const { 101: completed = 0, ...refused } = handshakes;
  const [was, is] = [trafficOf(before), trafficOf(after)];
  return {
    ...moment,
    handshakes: completed / seconds,
    refused: (sum(Object.values(refused)) + after.aborted - before.aborted) / seconds,
    messagesIn: (is.messagesIn - was.messagesIn) / seconds,
    messagesOut: (is.messagesOut - was.messagesOut) / seconds,
    bytesIn: (is.bytesIn - was.bytesIn) / seconds,
    bytesOut: (is.bytesOut - was.bytesOut) / seconds,
    paused: after.paused,
    slow: after.slow,
    views: Object.fromEntries(
      after.views.filter(({ connections }) => connections > 0).map((view) => [view.view, view.connections]),
    ),
    closes: difference(before.closes, after.closes),
  };
}

/** What passed in all views together. */
function trafficOf({ views }: Stats) {
  return {
    messagesIn: sum(views.map(({ received }) => received.messages)),
    messagesOut: sum(views.map(({ sent }) => sent.messages)),
    bytesIn: sum(views.map(({ received }) => received.bytes)),
    bytesOut: sum(views.map(({ sent }) => sent.bytes)),
  };
}

/** What has grown, and by how much. */
function difference(before: Counts, after: Counts): Record<string, number> {
  const grown = Object.entries(after).map(([key, count]) => [key, count - (before[key] ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
