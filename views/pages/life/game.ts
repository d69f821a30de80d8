import type { GameFrame, UpdateBlock } from "../../../handlers/life/cells-protocol.ts";
import { createCensus } from "./census.ts";
import { createHistory, type History } from "./history.ts";

/** What a page knows about the game that it watches. */
export interface WatchedGame {
  /** The latest game frame; undefined before the first. */
  readonly frame: GameFrame | undefined;
  /** The latest step that a cell has reached; undefined before the first. */
  readonly step: number | undefined;
  /** Cells alive: while the game runs, at the latest step that all have reached; else, of those known. */
  readonly population: number;
  /** The population of each step that all cells have reached. */
  readonly history: History;
  /** Takes a game frame and returns whether it starts a game other than the one watched so far. */
  follow(frame: GameFrame): boolean;
  /** Takes updates of cells. */
  update(block: UpdateBlock): void;
}

/** Creates the knowledge of a page that has just connected: none. */
export function watchGame(): WatchedGame {
  let frame: GameFrame | undefined;
  let step: number | undefined;
  let alive = 0;
  let states = new Uint8Array();
  let census = createCensus(0);
  let history = createHistory();

  function startOver(size: number): void {
    step = undefined;
    alive = 0;
    states = new Uint8Array(size * size);
    census = createCensus(size * size);
    history = createHistory();
  }

  return {
    get frame() {
      return frame;
    },
    get step() {
      return step;
    },
    get population() {
      return (frame?.phase === "running" ? history.latest?.population : undefined) ?? alive;
    },
    get history() {
      return history;
    },
    follow(next) {
      const isNew = startsNewGame(frame, next);
      if (isNew) startOver(next.size);
      frame = next;
      return isNew;
    },
    update({ step: reached, cells }) {
      step = Math.max(step ?? 0, reached);
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] ?? 0;
        alive += (cell & 1) - (states[cell >> 1] ?? 0);
        states[cell >> 1] = cell & 1;
      }
      const population = census.count(reached, cells);
      if (population !== undefined) history.add({ step: reached, population });
    },
  };
}

/** No worker can join a game that all have left: when some come again, it is to play another. */
function startsNewGame(last: GameFrame | undefined, next: GameFrame): boolean {
  return last?.size !== next.size || (last.phase === "idle" && next.phase !== "idle");
}
