import type { Game } from "../../handlers/life/game.ts";
import { Place } from "../../handlers/life/place.ts";
import { formatUpdate } from "../../handlers/life/protocol.ts";
import type { Connection } from "../../middleware/connection.ts";

/**
 * Has one connection say one step of the first so many cells of a game, as if each had a worker.
 *
 * @returns the places of those workers, for {@link sayCell}
 */
export function fillGame(game: Game, ws: Connection, cells: number, step: number): Place[] {
  return Array.from({ length: cells }, (_, cell) => {
    const place = new Place(ws, { name: `#${cell}`, release() {} });
    sayCell(game, place, cell, step);
    return place;
  });
}

/** Says that a cell is alive at a step; returns the line. */
export function sayCell(game: Game, place: Place, cell: number, step: number): string {
  const update = { step, row: Math.floor(cell / game.size), col: cell % game.size, state: 1 } as const;
  game.relay(place, update);
  return formatUpdate(update);
}
