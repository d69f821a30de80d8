/** What one process has published on a channel in one turn, as it travels by Redis: a JSON array of all of it. */
export interface Publication {
  /** Tells publishers apart. */
  readonly publisher: string;
  /** Rises with all that this one publishes. */
  readonly count: number;
  readonly messages: readonly string[];
}

export function format({ publisher, count, messages }: Publication): string {
  return JSON.stringify([publisher, count, ...messages]);
}

/** Undefined for what no bus has published: who else uses a Redis can publish whatever there. */
export function parse(text: string): Publication | undefined {
  const values = parseJson(text);
  if (!Array.isArray(values)) return undefined;
  const [publisher, count, ...messages]: unknown[] = values;
  if (typeof publisher !== "string" || typeof count !== "number" || !messages.every(isString))
    return undefined;
  return { publisher, count, messages };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
