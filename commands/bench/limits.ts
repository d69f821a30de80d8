import type { ColumnName } from "./columns.ts";

/**
 * How much processor time of the server an operation may take at most, in that of bare ws. Generous: a check that fails has
 * found a loss, and not a bad minute of the machine.
 */
export const LIMITS: Readonly<Partial<Record<ColumnName, number>>> = {
  handshakes: 4,
  echo1: 1.5,
  echo8: 0.75,
  burst: 0.3,
};
