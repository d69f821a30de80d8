import { CommandError } from "../errors.ts";
import { LIMITS } from "./limits.ts";
import { OURS } from "./peers.ts";
import type { Report } from "./report.ts";
import { quantity } from "./table.ts";

/**
 * Checks that this library has not become slower. It is the median of the ratios that counts, and of processor time, so that
 * nothing else on the machine decides.
 *
 * @returns a line for each column
 * @throws CommandError that says what takes too long
 */
export function check({ peers, columns }: Report, limits = LIMITS): string[] {
  const figures = peers.find(({ name }) => name === OURS)?.figures ?? {};
  const checked = columns.flatMap(({ name, operation, circumstances }) => {
    const [limit, ratio] = [limits[name], figures[name]?.cpuRatio];
    if (limit === undefined || !ratio) return [];
    const spread = `${quantity(ratio.min)}..${quantity(ratio.max)}`;
    const line = `${operation}, ${circumstances}: ${quantity(ratio.median)} × the processor time of ws (${spread}), at most ${quantity(limit)}`;
    return [{ line, isTooMuch: ratio.median > limit }];
  });
  const failed = checked.filter(({ isTooMuch }) => isTooMuch);
  if (failed.length > 0) throw new CommandError(`Too slow\n${failed.map(({ line }) => line).join("\n")}`);
  return checked.map(({ line }) => line);
}
