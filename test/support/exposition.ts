/** A metric in the text format of Prometheus, version 0.0.4. */
export interface Metric {
  readonly type: string;
  readonly help: string;
  /** By the labels of each, as they are written: `view="/a/"`. */
  readonly samples: ReadonlyMap<string, number>;
}

const SAMPLE =
  /^([a-zA-Z_:][\w:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (NaN|[+-]?(?:Inf|[\d.e+-]+))$/;

/** What samples of these types have behind the name of their metric. */
const SUFFIXES: Readonly<Record<string, RegExp>> = {
  counter: /^$/,
  gauge: /^$/,
  histogram: /^_(bucket|sum|count)$/,
  summary: /^(_sum|_count)?$/,
};

/**
 * Reads the text format of Prometheus.
 *
 * @throws Error for what Prometheus would not take: a sample before its TYPE, a metric twice, a value that is none
 */
export function parseExposition(text: string): Map<string, Metric> {
  const metrics = new Map<string, Metric & { samples: Map<string, number> }>();
  let help: readonly [name: string, text: string] | undefined;
  let current: string | undefined;
  if (!text.endsWith("\n")) throw new Error("The last line has no end");
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [, word, name = "", rest = ""] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word === "HELP") help = [name, rest];
    else if (word === "TYPE") {
      if (metrics.has(name) || help?.[0] !== name || !(rest in SUFFIXES))
        throw new Error(`Out of place: ${line}`);
      metrics.set(name, { type: rest, help: help[1], samples: new Map() });
      current = name;
    } else addSample(line, current);
  }
  return metrics;

  function addSample(line: string, of = ""): void {
    const [, name = "", labels = "", value] = SAMPLE.exec(line) ?? [];
    const metric = metrics.get(of);
    const suffix = name.slice(of.length);
    if (!metric || value === undefined || !name.startsWith(of) || !SUFFIXES[metric.type]?.test(suffix))
      throw new Error(`No sample of ${of}: ${line}`);
    const key = `${suffix}${labels}`;
    if (metric.samples.has(key)) throw new Error(`Twice: ${line}`);
    metric.samples.set(key, Number(value));
  }
}
