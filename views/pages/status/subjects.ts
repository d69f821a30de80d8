import type { Lines } from "./plot-options.ts";
import { costOf, type Sample } from "./sample.ts";
import type { Values } from "./table.ts";

/** What a chart is about. */
export interface Subject extends Omit<Lines, "strokeOf"> {
  /** The id of its `<figure>`. */
  readonly id: string;
  /** The lines at one moment. */
  readonly valuesOf: (sample: Sample) => Values;
}

/** Every chart. */
export const SUBJECTS: readonly Subject[] = [
  {
    id: "connections",
    unit: "",
    floor: 10,
    isWhole: true,
    isStacked: true,
    valuesOf: ({ connections }) => connections,
  },
  {
    id: "handshakes",
    unit: "/s",
    floor: 10,
    isWhole: false,
    isStacked: false,
    valuesOf: ({ handshakes }) => ({ accepted: handshakes }),
  },
  {
    id: "messages",
    unit: "/s",
    floor: 10,
    isWhole: false,
    isStacked: false,
    valuesOf: ({ messages }) => messages,
  },
  {
    id: "bytes",
    unit: "B/s",
    floor: 1_000,
    isWhole: false,
    isStacked: false,
    valuesOf: ({ bytes }) => bytes,
  },
  {
    id: "delay",
    unit: "s",
    floor: 0.02,
    isWhole: false,
    isStacked: false,
    valuesOf: ({ delay }) => delay,
  },
  {
    id: "memory",
    unit: "B",
    floor: 100e6,
    isWhole: false,
    isStacked: false,
    valuesOf: ({ memory }) => memory,
  },
  {
    id: "cost",
    unit: "B",
    floor: 10_000,
    isWhole: false,
    isStacked: false,
    valuesOf: (sample) => ({ "RSS per connection": costOf(sample) }),
  },
  {
    id: "behind",
    unit: "",
    floor: 5,
    isWhole: true,
    isStacked: false,
    valuesOf: ({ paused, slow }) => ({ paused, slow }),
  },
  {
    id: "closes",
    unit: "/s",
    floor: 10,
    isWhole: false,
    isStacked: true,
    valuesOf: ({ closes }) => closes,
  },
];
