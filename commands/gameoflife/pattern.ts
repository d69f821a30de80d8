import { MAX_SIZE } from "../../handlers/life/protocol.ts";
import type { Pattern } from "../../handlers/patterns/protocol.ts";
import { CommandError } from "../errors.ts";

export type { Pattern, Position } from "../../handlers/patterns/protocol.ts";

/**
 * Puts a pattern on a grid.
 *
 * @param center in the middle, or a half cell above and left of it; else in the top left corner
 * @returns the grid's states, row by row: 1 alive, 0 dead
 * @throws CommandError that says which size is large enough
 */
export function placePattern(pattern: Pattern, size: number, center: boolean): Uint8Array {
  checkFit(pattern, size);
  const top = center ? Math.floor((size - pattern.height) / 2) : 0;
  const left = center ? Math.floor((size - pattern.width) / 2) : 0;
  const states = new Uint8Array(size * size);
  for (const { row, col } of pattern.alive) states[(top + row) * size + left + col] = 1;
  return states;
}

function checkFit({ width, height }: Pattern, size: number): void {
  const needed = Math.max(width, height);
  if (needed <= size) return;
  const advice =
    needed <= MAX_SIZE ? `use --size ${needed} or larger` : `the largest is ${MAX_SIZE}x${MAX_SIZE}`;
  throw new CommandError(`Pattern ${width}x${height} does not fit a ${size}x${size} grid: ${advice}`);
}
