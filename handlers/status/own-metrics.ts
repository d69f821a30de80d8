import type { Stats, ViewStats } from "../../middleware/index.ts";

/** The values of a metric by those of its label; where it has no label, one value. */
export type Values = number | readonly (readonly [label: string, value: number])[];

/** A metric of a hooked server, which is read from its counts. */
export interface OwnMetric {
  readonly kind: "counter" | "gauge";
  /** After Prometheus' conventions: with its unit, and `_total` where it only grows. */
  readonly name: string;
  readonly help: string;
  readonly label?: "view" | "status" | "code";
  values(stats: Stats): Values;
}

/** All of them. Over processes each is a sum. */
export const OWN_METRICS: readonly OwnMetric[] = [
  {
    kind: "gauge",
    name: "c10k_processes",
    help: "Processes that have answered: all other values are of these",
    values: () => 1,
  },
  {
    kind: "gauge",
    name: "c10k_connections",
    help: "Open connections",
    label: "view",
    values: byView(({ connections }) => connections),
  },
  {
    kind: "gauge",
    name: "c10k_paused_connections",
    help: "Connections that are not read from, because their handler does not take what came in",
    values: ({ paused }) => paused,
  },
  {
    kind: "gauge",
    name: "c10k_slow_connections",
    help: "Connections whose peer does not take what was sent: a high-water mark or more waits to be written",
    values: ({ slow }) => slow,
  },
  {
    kind: "counter",
    name: "c10k_handshakes_total",
    help: "Handshakes that were answered; a connection is a 101",
    label: "status",
    values: ({ handshakes }) => Object.entries(handshakes),
  },
  {
    kind: "counter",
    name: "c10k_handshakes_aborted_total",
    help: "Handshakes whose client went before the answer",
    values: ({ aborted }) => aborted,
  },
  {
    kind: "counter",
    name: "c10k_closes_total",
    help: "Connections that have ended; 1006 is one without a close frame",
    label: "code",
    values: ({ closes }) => Object.entries(closes),
  },
  {
    kind: "counter",
    name: "c10k_received_messages_total",
    help: "Messages that came in",
    label: "view",
    values: byView(({ received }) => received.messages),
  },
  {
    kind: "counter",
    name: "c10k_received_bytes_total",
    help: "Payload of the messages that came in",
    label: "view",
    values: byView(({ received }) => received.bytes),
  },
  {
    kind: "counter",
    name: "c10k_sent_messages_total",
    help: "Messages that were given to be sent, one for each connection that they are for",
    label: "view",
    values: byView(({ sent }) => sent.messages),
  },
  {
    kind: "counter",
    name: "c10k_sent_bytes_total",
    help: "Payload of the messages that were given to be sent",
    label: "view",
    values: byView(({ sent }) => sent.bytes),
  },
];

function byView(value: (view: ViewStats) => number): OwnMetric["values"] {
  return ({ views }) => views.map((view) => [view.view, value(view)]);
}
