import type { Entry } from "../registry.ts";

/** An entry as Redis keeps it, in JSON: with who holds it, and how it can be replaced. */
export interface Record {
  readonly entry: Entry;
  /** The process that holds it; none holds what is kept. */
  readonly process: string | undefined;
  /** A digest. */
  readonly secret: string | undefined;
}

/** The scripts read these names. */
export function formatRecord({ entry: { name, card, id }, process, secret }: Record): string {
  return JSON.stringify({ name, card, id, process, secret });
}

/** @throws TypeError for what is no record */
export function parseRecord(text: string): Record {
  const value: unknown = JSON.parse(text);
  if (!isWritten(value)) throw new TypeError("Not a record of the registry");
  const { name, card, id, process, secret } = value;
  return { entry: { name, card, id }, process, secret };
}

/** The shape in which a record is written. */
interface Written extends Entry {
  readonly process?: string;
  readonly secret?: string;
}

function isWritten(value: unknown): value is Written {
  if (typeof value !== "object" || value === null) return false;
  const {
    name,
    card,
    id,
    process = "",
    secret = "",
  } = value as Partial<{ [field in keyof Written]: unknown }>;
  return [name, card, id, process, secret].every((field) => typeof field === "string");
}
