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
  const rate = (count: number) => rounded(count / seconds);
  return {
    ...moment,
    delayP50: rounded(moment.delayP50),
    delayP99: rounded(moment.delayP99),
    handshakes: rate(completed),
    refused: rate(sum(Object.values(refused)) + after.aborted - before.aborted),
    messagesIn: rate(is.messagesIn - was.messagesIn),
    messagesOut: rate(is.messagesOut - was.messagesOut),
    bytesIn: rate(is.bytesIn - was.bytesIn),
    bytesOut: rate(is.bytesOut - was.bytesOut),
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

/** To hundredths: more digits say nothing, and travel. */
function rounded(number: number): number {
  return Math.round(number * 100) / 100;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
