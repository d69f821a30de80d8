import { CommandError } from "../errors.ts";
import { failureCause } from "../failure.ts";
import { atStart } from "./cell.ts";
import type { Crew } from "./crew.ts";
import { type Look, look, NO_GAME } from "./look.ts";
import type { Run } from "./run.ts";
import type { Share } from "./share.ts";
import { Vacancies } from "./vacancies.ts";

/** How long to wait from one look at the game to the next, in milliseconds. */
const INTERVAL = 1000;

const FORGOTTEN = "No server knows of the game any more, and nobody comes back who does";

const NOBODY_KNOWS =
  "Cells have nobody who lives them, and no server knows how far they have come: say with --pattern or --random how the game began";

/**
 * Lives cells that nobody lives, and looks for more, until all of the game have come to their last step.
 *
 * @throws CommandError if another game was started, no server says how the game stands, or nobody knows it
 */
export async function resume(share: Share, crew: Crew, run: Run): Promise<void> {
  const vacancies = new Vacancies(share.states !== undefined);
  let hopefulAt = performance.now();
  for (let looks = 0; !run.isOver; looks += 1) {
    const seen = await lookOnce(share, run, looks);
    if (seen && seen.step >= share.steps) return;
    const unlived = (seen?.unlived ?? []).filter((cell) => isOf(share, cell) && !crew.lives(cell));
    if (seen) for (const cell of vacancies.see({ ...seen, unlived })) crew.take(cell, startOf(share, cell));
    if (crew.size > 0 || (seen && isHopeful(share, seen))) hopefulAt = performance.now();
    else if (performance.now() - hopefulAt >= share.patience)
      throw new CommandError(seen ? NOBODY_KNOWS : FORGOTTEN);
    await run.wait(INTERVAL);
  }
}

/** Whether a game can be gone on with: what is known of its cells is enough, or those come who know more. */
function isHopeful({ states }: Share, { step, unlived }: Look): boolean {
  return step >= 0 || unlived.length === 0 || states !== undefined;
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
    if (!run.isPatient) throw new CommandError(`No server says how the game stands: ${failureCause(error)}`);
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
