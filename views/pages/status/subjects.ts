import { rssPerConnection, type Sample } from "../../../handlers/status/protocol.ts";
import type { Values } from "./table.ts";

/** What a chart is about. */
export interface Subject {
  /** The id of its `<figure>`. */
  readonly id: string;
  /** Of the values: `B/s`. Default: they are counts. */
  readonly unit?: string;
  /** Where the scale ends at least: what is below does not look like much. */
  readonly floor: number;
  /** The label of a line that is there in any case, and does not matter much. Default: none. */
  readonly aside?: string;
  /** Whether the lines lie on top of one another, the first at the bottom. Default: false. */
  readonly isStacked?: boolean;
  /** Whether the scale is logarithmic, for what goes over powers of ten. Default: false. */
  readonly isLogarithmic?: boolean;
  /** The lines at one moment, in that unit. */
  readonly valuesOf: (sample: Sample) => Values;
}

/** Every chart. */
export const SUBJECTS: readonly Subject[] = [
  { id: "connections", floor: 10, isStacked: true, aside: "/status/feed/", valuesOf: ({ views }) => views },
  {
    id: "handshakes",
    unit: "/s",
    floor: 10,
    valuesOf: ({ handshakes, refused }) => ({ accepted: handshakes, refused }),
  },
  {
    id: "messages",
    unit: "/s",
    floor: 10,
    valuesOf: ({ messagesIn, messagesOut }) => ({ in: messagesIn, out: messagesOut }),
  },
  {
    id: "bytes",
    unit: "B/s",
    floor: 1_000,
    valuesOf: ({ bytesIn, bytesOut }) => ({ in: bytesIn, out: bytesOut }),
  },
  {
    id: "delay",
    unit: "s",
    floor: 0.02,
    valuesOf: ({ delayP50, delayP99 }) => ({ p99: delayP99 / 1_000, p50: delayP50 / 1_000 }),
  },
  { id: "memory", unit: "B", floor: 1e8, valuesOf: ({ rss, heap }) => ({ RSS: rss, heap }) },
  {
    id: "cost",
    unit: "B",
    floor: 1e5,
    isLogarithmic: true,
    valuesOf: (sample) => ({ "RSS / connections": rssPerConnection(sample) }),
  },
  { id: "behind", floor: 4, valuesOf: ({ paused, slow }) => ({ paused, slow }) },
  { id: "closes", unit: "/s", floor: 10, isStacked: true, valuesOf: ({ closes }) => closes },
];
