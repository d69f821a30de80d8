import { KEPT, type ProcessInfo, type Report, type Sample } from "../../handlers/status/protocol.ts";

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

/** The time at which {@link CLIMB} ends. */
export const NOW = 1_800_000_000;

/** Ten minutes of a process that more and more clients connect to. */
export const CLIMB: Report = {
  process: { id: "a", machine: "alpha", pid: 11 },
  samples: Array.from({ length: KEPT }, (_, index) =>
    sampleAt(NOW - KEPT + 1 + index, {
      handshakes: 20,
      refused: index % 7 === 0 ? 1 : 0,
      messagesIn: 10 * index,
      messagesOut: 15 * index,
      bytesIn: 100 * index,
      bytesOut: 200 * index,
      delayP50: 1.25,
      delayP99: 12.5,
      rss: 9e7 + 3e5 * index,
      heap: 3e7,
      paused: index % 5,
      slow: index % 3,
      views: { "/test/ws/": 20 * index, "/status/feed/": 1 },
      closes: { 1000: 3, 1006: index % 50 === 0 ? 1 : 0 },
    }),
  ),
};
