import type { GameFrame, UpdateBlock } from "../../../handlers/life/cells-protocol.ts";

/** What a page knows about the game that it watches. */
export interface WatchedGame {
  /** The latest game frame; undefined before the first. */
  readonly frame: GameFrame | undefined;
  /** The latest step that a cell has reached; undefined before the first. */
  readonly step: number | undefined;
  /** Cells known to be alive. */
  readonly population: number;
  /** Takes a game frame and returns whether it starts a game other than the one watched so far. */
  follow(frame: GameFrame): boolean;
  /** Takes updates of cells. */
  update(block: UpdateBlock): void;
}

/** Creates the knowledge of a page that has just connected: none. */
export function watchGame(): WatchedGame {
  let frame: GameFrame | undefined;
  let step: number | undefined;
  let population = 0;
  let states = new Uint8Array();

  function startOver(size: number): void {
    step = undefined;
    population = 0;
    states = new Uint8Array(size * size);
  }

  return {
    get frame() {
      return frame;
    },
    get step() {
      return step;
    },
    get population() {
      return population;
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
        population += (cell & 1) - (states[cell >> 1] ?? 0);
        states[cell >> 1] = cell & 1;
      }
    },
  };
}

/** No worker can join a game that all have left: when some come again, it is to play another. */
function startsNewGame(last: GameFrame | undefined, next: GameFrame): boolean {
  return last?.size !== next.size || (last.phase === "idle" && next.phase !== "idle");
}
