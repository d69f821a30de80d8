/**
 * The wire format of the status page, as pure functions that the server and the browser share.
 *
 * The view `/status/feed/` sends JSON, one object a text frame, and is sent nothing:
 *
 * - `{"type":"welcome","process":ID,"kept":SECONDS}`, first: which process serves this viewer, and how far back anything is kept.
 * - `{"type":"reports","reports":[{"process":{…},"samples":[{…},…]},…]}`: first what is kept, at most {@link KEPT} samples of each
 *   process, which may come in several such frames; then once a second those of the last second. A second of a process may come
 *   twice, and of two frames the later one may hold what is older: they are told apart by the process and the time.
 *
 * Each process takes a sample a second, at the full second of its clock, so that those of all processes of one second have the
 * same time. What a process was too busy to sample, nobody makes up: the second is missing. The same reports are what processes tell
 * each other over the bus.
 */

/** How far back samples are kept, in seconds. */
export const KEPT = 600;

/** One process that serves. */
export interface ProcessInfo {
  /** Of this one process and no other: a worker that takes the place of another one has an id of its own. */
  readonly id: string;
  /** The host name of its machine. */
  readonly machine: string;
  readonly pid: number;
}

/** What all of a sample are but for its two lists: numbers, which add up over processes, except as said. */
const FIELDS = [
  "time",
  "handshakes",
  "refused",
  "messagesIn",
  "messagesOut",
  "bytesIn",
  "bytesOut",
  "delayP50",
  "delayP99",
  "rss",
  "heap",
  "paused",
  "slow",
] as const;

/** One second of a process, or of several: see {@link sumOf}. */
export interface Sample extends Readonly<Record<(typeof FIELDS)[number], number>> {
  /** The end of that second: a Unix time in whole seconds. */
  readonly time: number;
  /** Handshakes that were completed, a second. */
  readonly handshakes: number;
  /** Handshakes that were refused, or given up by the client, a second. */
  readonly refused: number;
  /** Messages that came in, a second. */
  readonly messagesIn: number;
  /** Messages that were sent, a second. */
  readonly messagesOut: number;
  /** Bytes of payload that came in, a second. */
  readonly bytesIn: number;
  /** Bytes of payload that were sent, a second. */
  readonly bytesOut: number;
  /** By how much the event loop was late: the median of that second, in milliseconds. Of several processes: of the latest. */
  readonly delayP50: number;
  /** The 99th percentile of the same. */
  readonly delayP99: number;
  /** The memory of the process, in bytes. */
  readonly rss: number;
  /** What of it is in use of the heap of JavaScript, in bytes. */
  readonly heap: number;
  /** Connections that are not read from at the moment, since their handler does not take what came in. */
  readonly paused: number;
  /** Connections whose peer does not take what was sent: much of it waits to be written. */
  readonly slow: number;
  /** Open connections by view, which is the pattern of its route: `{"/worker/":1024}`. */
  readonly views: Readonly<Record<string, number>>;
  /** How many connections ended in that second, by close code: `{"1000":12}`. */
  readonly closes: Readonly<Record<string, number>>;
}

/** What a process has to say of itself: samples in the order of time. */
export interface Report {
  readonly process: ProcessInfo;
  readonly samples: readonly Sample[];
}

/** What the server sends. */
export type Frame =
  | { readonly type: "welcome"; readonly process: string; readonly kept: number }
  | { readonly type: "reports"; readonly reports: readonly Report[] };

/** The open connections of a sample. */
export function connectionsOf({ views }: Sample): number {
  return Object.values(views).reduce((sum, count) => sum + count, 0);
}

/** The memory of the process for each of its connections, in bytes; undefined where there are none. */
export function rssPerConnection(sample: Sample): number | undefined {
  const connections = connectionsOf(sample);
  return connections === 0 ? undefined : sample.rss / connections;
}

/** Several processes as one: what they had in one second. Undefined for none. */
export function sumOf(samples: readonly Sample[]): Sample | undefined {
  const [first, ...others] = samples;
  return first && others.reduce(plus, first);
}

/** Reads a frame of the server; undefined for what a newer one may say, which is to be passed over. */
export function parseFrame(text: string): Frame | undefined {
  const value = parse(text);
  if (!isObject(value)) return undefined;
  const { type, process, kept, reports } = value;
  if (type === "welcome" && typeof process === "string" && isCount(kept)) return { type, process, kept };
  if (type === "reports" && Array.isArray(reports) && reports.every(isReport)) return { type, reports };
  return undefined;
}

/** Writes a frame. */
export function formatFrame(frame: Frame): string {
  return JSON.stringify(frame);
}

/** Whether a value, as JSON gives it, is a report. */
export function isReport(value: unknown): value is Report {
  if (!isObject(value) || !isProcess(value.process)) return false;
  return Array.isArray(value.samples) && value.samples.every(isSample);
}

function plus(a: Sample, b: Sample): Sample {
  const sums = Object.fromEntries(FIELDS.map((name) => [name, a[name] + b[name]]));
  return {
    ...a,
    ...sums,
    time: Math.max(a.time, b.time),
    delayP50: Math.max(a.delayP50, b.delayP50),
    delayP99: Math.max(a.delayP99, b.delayP99),
    views: plusEach(a.views, b.views),
    closes: plusEach(a.closes, b.closes),
  };
}

function plusEach(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sums = new Map(Object.entries(a));
  for (const [name, count] of Object.entries(b)) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}

function isProcess(value: unknown): value is ProcessInfo {
  if (!isObject(value)) return false;
  return typeof value.id === "string" && typeof value.machine === "string" && isCount(value.pid);
}

function isSample(value: unknown): value is Sample {
  if (!isObject(value) || !FIELDS.every((name) => isCount(value[name]))) return false;
  return isCounts(value.views) && isCounts(value.closes);
}

function isCounts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isCount);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value < Number.POSITIVE_INFINITY;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
