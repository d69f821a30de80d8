import { formatCell, formatUpdate, parseUpdate, RUN, SUB } from "../../handlers/life/protocol.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { Message } from "../../middleware/message.ts";
import type { Cell } from "./cell.ts";
import type { Neighbour } from "./neighbours.ts";
import type { Pace } from "./pace.ts";
import type { Progress } from "./progress.ts";
import { unexpected } from "./unexpected.ts";

/** What all workers of a game share. */
export interface Shared {
  /** The step to end after; Infinity for a game without an end. */
  readonly steps: number;
  readonly pace: Pace;
  readonly progress: Progress;
}

/**
 * Lives a cell's life on a connection as the original's workers do: subscribes to its neighbours, tells its state at each step, hears
 * of a neighbour at a time, and closes the connection after the last step.
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
  await expectLine(ws, SUB);
  for (const neighbour of neighbours) await ws.send(formatCell(neighbour));
  await ws.send(SUB);
  progress.subscribed += 1;

  await expectLine(ws, RUN);
  await pace(0);
  progress.updates += 1;
  await ws.send(formatUpdate(cell));

  while (cell.step < steps) {
    while (!cell.isDue) hear(cell, await ws.recv());
    const due = pace(cell.step + 1);
    // Not at every step, as an `await` takes its time even where there is nothing to wait for.
    if (due) await due;
    cell.advance();
    progress.updates += 1;
    await ws.send(formatUpdate(cell));
  }
  await ws.close();
}

function hear(cell: Cell, message: Message): void {
  const update = typeof message === "string" ? parseUpdate(message) : undefined;
  if (!update) throw unexpected(message, "an update");
  cell.receive(update);
}

async function expectLine(ws: Connection, line: string): Promise<void> {
  const message = await ws.recv();
  if (message !== line) throw unexpected(message, `"${line}"`);
}
