import { AggregatorRegistry, Gauge, Registry } from "prom-client";
import type { Stats } from "../../middleware/index.ts";

export type ProcessMetrics = Awaited<ReturnType<Registry["getMetricsAsJSON"]>>;

export function createMetrics(read: () => Stats): Registry {
  const registry = new Registry();
  new Gauge({
    name: "c10k_connections",
    help: "Open connections",
    labelNames: ["view"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { view, connections } of read().views) this.set({ view }, connections);
    },
  });
  return registry;
}

export async function expositionOf(
  all: readonly ProcessMetrics[],
): Promise<{ text: string; contentType: string }> {
  const sum = AggregatorRegistry.aggregate([...all]);
  return { text: await sum.metrics(), contentType: sum.contentType };
}

export async function pastOf(
  past: ProcessMetrics | undefined,
  last: ProcessMetrics,
): Promise<ProcessMetrics> {
  return past ?? last;
}
