import type { Facts } from "./facts.ts";
import type { Standing } from "./steps-protocol.ts";

/** A cell, and how far it has come. */
export interface Fact extends Standing {
  readonly cell: number;
}

/** Three words, of the cell, its step and its history. */
const FACT_BYTES = 12;

/**
 * Writes what is known of some cells as text: little-endian 32-bit words in base64, which takes a quarter of the time of JSON.
 *
 * @returns nothing, where nothing is known of them
 */
export function formatNews(facts: Facts, cells: Iterable<number>, count: number): string {
  const buffer = Buffer.allocUnsafe(count * FACT_BYTES);
  let position = 0;
  for (const cell of cells) {
    const step = facts.stepOf(cell);
    if (step < 0) continue;
    position = buffer.writeUInt32LE(cell, position);
    position = buffer.writeUInt32LE(step, position);
    position = buffer.writeUInt32LE(facts.historyOf(cell), position);
  }
  return buffer.toString("base64", 0, position);
}

/** Reads what {@link formatNews} has written. */
export function* parseNews(text: string): Generator<Fact> {
  const buffer = Buffer.from(text, "base64");
  for (let position = 0; position + FACT_BYTES <= buffer.length; position += FACT_BYTES) {
    yield {
      cell: buffer.readUInt32LE(position),
      step: buffer.readUInt32LE(position + 4),
      history: buffer.readUInt32LE(position + 8),
    };
  }
}
