import type { ProcessInfo, Report, Sample } from "../../handlers/status/protocol.ts";

/** A second of a process in which nothing happened, but for what is given. */
export function sampleAt(time: number, known: Partial<Sample> = {}): Sample {
  return {
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
    ...known,
    time,
  };
}

/** What a process reports that had as many connections in each of some seconds. */
export function report(process: ProcessInfo, connections: number, ...times: number[]): Report {
  return { process, samples: times.map((time) => sampleAt(time, { views: { "/": connections } })) };
}
