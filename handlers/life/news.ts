import type { Standing } from "./steps-protocol.ts";

/** A cell, and how far it has come. */
export interface Fact extends Standing {
  readonly cell: number;
}

/** Three words, of the cell, its step and its history. */
const FACT_BYTES = 12;

/** Writes facts as text: little-endian 32-bit words in base64, which takes a quarter of the time of JSON. */
export function formatNews(facts: readonly Fact[]): string {
  const buffer = Buffer.allocUnsafe(facts.length * FACT_BYTES);
  let position = 0;
  for (const { cell, step, history } of facts) {
    position = buffer.writeUInt32LE(cell, position);
    position = buffer.writeUInt32LE(step, position);
    position = buffer.writeUInt32LE(history, position);
  }
  return buffer.toString("base64");
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
