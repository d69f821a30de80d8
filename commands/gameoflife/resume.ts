import { CommandError, errorMessage } from "../errors.ts";
import { atStart } from "./cell.ts";
import type { Crew } from "./crew.ts";
import { type Look, look, NO_GAME } from "./look.ts";
import type { Run } from "./run.ts";
import type { Share } from "./share.ts";

/** How long to wait from one look at the game to the next, in milliseconds. */
const INTERVAL = 1000;

/**
 * Lives cells that nobody lives, and looks for more, until all of the game have come to their last step. A cell has to be without a worker
 * in two looks: one that has just lost its connection comes back by itself.
 *
 * @throws CommandError if another game was started, or no server says how the game stands
 */
export async function resume(share: Share, crew: Crew, run: Run): Promise<void> {
  let before: ReadonlySet<number> = new Set();
  for (let looks = 0; !run.isOver; looks += 1) {
    const seen = await lookOnce(share, run, looks);
    if (seen) {
      if (seen.step >= share.steps) return;
      const unlived = seen.unlived.filter((cell) => isOf(share, cell) && !crew.lives(cell));
      for (const cell of unlived) if (before.has(cell)) crew.take(cell, startOf(share, cell));
      before = new Set(unlived);
    }
    await run.wait(INTERVAL);
  }
}

/** A look at the game on one of its servers; undefined where it does not know of the game, or does not answer. */
async function lookOnce({ servers, name, game }: Share, run: Run, looks: number): Promise<Look | undefined> {
  const server = servers[looks % servers.length];
  try {
    const seen = server && (await look(server, name));
    run.heard();
    if (seen?.game === game) return seen;
    if (seen && seen.game !== NO_GAME) throw new CommandError("Another game was started");
  } catch (error) {
    if (error instanceof CommandError) throw error;
    if (!run.isPatient) throw new CommandError(`No server says how the game stands: ${errorMessage(error)}`);
  }
  return undefined;
}

function isOf({ first, cells }: Share, cell: number): boolean {
  return cell >= first && cell < first + cells;
}

/** Where a cell begins of which no server knows how far it has come. */
function startOf({ states }: Share, cell: number) {
  return states && atStart(states[cell]);
}
