import { KEPT } from "../../../handlers/status/protocol.ts";

/** The time that the charts show. */
export interface Period {
  /** In seconds since 1970. */
  readonly end: number;
  /** In seconds. */
  readonly length: number;
}

/** How far before the end a chart has marks, in seconds, from its beginning on. A narrow one has fewer. */
export function agosOf({ length }: Period, isNarrow: boolean): readonly number[] {
  const step = isNarrow ? length / 2 : length === KEPT ? 120 : length / 4;
  return Array.from({ length: length / step + 1 }, (_, index) => length - index * step);
}

/** Puts a mark in words: `−2 min`. */
export function formatMarkBefore(ago: number): string {
  if (ago === 0) return "now";
  return ago % 60 === 0 ? `−${ago / 60} min` : `−${ago} s`;
}
