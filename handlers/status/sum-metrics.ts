import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from "prom-client";

/** What one process answers when it is asked for its metrics: plain data. Each metric says how those of several processes make one. */
export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[];

/** Writes the metrics of several processes as one, in the text format of Prometheus. */
export async function expositionOf(
  all: readonly ProcessMetrics[],
): Promise<{ readonly text: string; readonly contentType: string }> {
  const sum = AggregatorRegistry.aggregate([...all]);
  return { text: await sum.metrics(), contentType: sum.contentType };
}

/**
 * What stays of a process that has ended: what it has counted, added to what others had before. A sum that fell when a process is
 * replaced would be taken for one that began anew, and all of it counted again.
 *
 * @param past of those that ended before; undefined for none
 */
export async function pastOf(
  past: ProcessMetrics | undefined,
  last: ProcessMetrics,
): Promise<ProcessMetrics> {
  const counted = last.filter(({ type }) => COUNTED.has(String(type)));
  return AggregatorRegistry.aggregate([past ?? [], counted]).getMetricsAsJSON();
}

const COUNTED = new Set(["counter", "histogram", "summary"]);
