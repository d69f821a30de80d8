import { formatCell, RUN, SUB } from "../../handlers/life/protocol.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { Cell } from "./cell.ts";
import { dialectOf, unexpected } from "./dialect.ts";
import type { Neighbour } from "./neighbours.ts";
import type { Pace } from "./pace.ts";
import type { Progress } from "./progress.ts";

/** What all workers of a game share. */
export interface Shared {
  /** The step to end after; Infinity for a game without an end. */
  readonly steps: number;
  readonly pace: Pace;
  readonly progress: Progress;
}

/**
 * Lives a cell's life on a connection: subscribes to its neighbours, tells its state at each step, and closes the
 * connection after the last.
 *
 * @throws ConnectionClosed when the server closes the connection before
 * @throws ProtocolError when the server says what it should not
 */
export async function worker(
  ws: Connection,
  cell: Cell,
  neighbours: readonly Neighbour[],
  { steps, pace, progress }: Shared,
): Promise<void> {
  const dialect = dialectOf(await ws.recv());
  for (const line of dialect.introduce(cell)) await ws.send(line);
  for (const neighbour of neighbours) await ws.send(formatCell(neighbour));
  await ws.send(SUB);
  progress.subscribed += 1;

  const answer = await ws.recv();
  if (answer !== RUN) throw unexpected(answer, `"${RUN}"`);
  await pace(0);
  progress.updates += 1;
  await ws.send(dialect.tell(cell));

  while (cell.step < steps) {
    while (!cell.isDue) dialect.hear(cell, await ws.recv());
    const due = pace(cell.step + 1);
    // Not at every step, as an `await` takes its time even where there is nothing to wait for.
    if (due) await due;
    cell.advance();
    progress.updates += 1;
    await ws.send(dialect.tell(cell));
  }
  await ws.close();
}
