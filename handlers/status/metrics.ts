import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Stats } from "../../middleware/index.ts";
import { LoopDelay } from "./loop-delay.ts";
import { OWN_METRICS, type OwnMetric, type Values } from "./own-metrics.ts";
import type { ProcessMetrics } from "./sum-metrics.ts";

/** What prom-client has of the event loop: the time between two looks, late or not, and of processes their average. */
const LAG = /^nodejs_eventloop_lag_/;

/**
 * Makes what a process answers when it is asked for its metrics: {@link OWN_METRICS}, how late its event loop was, and those of prom-client
 * of any Node process. Before it is first asked it measures nothing.
 *
 * @param read counts what this process does; called once a question
 */
export function processMetrics(read: () => Stats): () => Promise<ProcessMetrics> {
  let open: ReturnType<typeof openMetrics> | undefined;
  return function answer() {
    open ??= openMetrics();
    open.update(read());
    return open.registry.getMetricsAsJSON();
  };
}

function openMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray()) if (LAG.test(name)) registry.removeSingleMetric(name);
  const updates = [...OWN_METRICS.map((metric) => openOne(metric, registry)), openDelay(registry)];
  return {
    registry,
    update(stats: Stats) {
      for (const update of updates) update(stats);
    },
  };
}

/** @returns takes over what was counted */
function openOne({ kind, name, help, label, values }: OwnMetric, registry: Registry): (stats: Stats) => void {
  const options = { name, help, labelNames: label ? [label] : [], registers: [registry] };
  const metric = kind === "gauge" ? new Gauge(options) : new Counter(options);
  return function update(stats) {
    metric.reset();
    for (const [of, value] of listOf(values(stats))) metric.inc(label ? { [label]: of } : {}, value);
  };
}

function listOf(values: Values): readonly (readonly [label: string, value: number])[] {
  return typeof values === "number" ? [["", values]] : values;
}

function openDelay(registry: Registry): () => void {
  const delay = new LoopDelay();
  const gauge = new Gauge({
    name: "c10k_event_loop_delay_seconds",
    help: "By how much the event loop was late since the last scrape; of several processes, of the latest",
    labelNames: ["quantile"],
    aggregator: "max",
    registers: [registry],
  });
  delay.start();
  return function update() {
    const { p50, p99 } = delay.read();
    gauge.set({ quantile: 0.5 }, p50 / 1_000);
    gauge.set({ quantile: 0.99 }, p99 / 1_000);
  };
}
