import type { ColumnName } from "./columns.ts";

/**
 * How much processor time of the server an operation may take at most, in that of bare ws. Generous, by half of what is usual or more: a
 * check that fails has found a loss, and not a bad minute of the machine.
 */
export const LIMITS: Readonly<Partial<Record<ColumnName, number>>> = {
  handshakes: 3,
  echo1: 1.6,
  echo8: 0.5,
  burst: 0.25,
};
