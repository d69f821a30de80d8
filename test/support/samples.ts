import type { Sample } from "../../handlers/status/protocol.ts";

/** A sample of a process that has nothing to do, but for what is given. */
export function sampleAt(time: number, rest: Partial<Sample> = {}): Sample {
  return {
    time,
    handshakes: 0,
    refused: 0,
    messagesIn: 0,
    messagesOut: 0,
    bytesIn: 0,
    bytesOut: 0,
    delayP50: 0,
    delayP99: 0,
    rss: 0,
    heap: 0,
    paused: 0,
    slow: 0,
    views: {},
    closes: {},
    ...rest,
  };
}
