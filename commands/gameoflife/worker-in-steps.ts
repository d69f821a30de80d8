import { formatCell, SUB } from "../../handlers/life/protocol.ts";
import {
  formatIntroduction,
  formatState,
  parseRun,
  parseStates,
  RUN,
  STEPS,
  type Standing,
} from "../../handlers/life/steps-protocol.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { Message } from "../../middleware/message.ts";
import type { Cell } from "./cell.ts";
import type { Neighbour } from "./neighbours.ts";
import { unexpected } from "./unexpected.ts";
import type { Shared } from "./worker.ts";

/** What a worker says of itself, besides its cell. */
export interface Identity {
  /** The id of the game that it plays. */
  readonly game: string;
  /** The side of that game's grid, in cells. */
  readonly size: number;
  /** The secret with which it takes its own place again. */
  readonly key: string;
}

/**
 * Introduces a worker, and subscribes to its neighbours.
 *
 * @throws ConnectionClosed when the server closes the connection
 * @throws ProtocolError when the server says what it should not
 */
export async function introduce(
  ws: Connection,
  { row, col, standing }: Cell,
  neighbours: readonly Neighbour[],
  identity: Identity,
): Promise<void> {
  await ws.send(formatIntroduction({ ...identity, row, col, standing }));
  const invitation = await ws.recv();
  if (invitation !== STEPS) throw unexpected(invitation, `"${STEPS}"`);
  for (const neighbour of neighbours) await ws.send(formatCell(neighbour));
  await ws.send(SUB);
}

/**
 * Waits until a worker may go on.
 *
 * @returns how far its cell has come
 * @throws ConnectionClosed when the server closes the connection
 * @throws ProtocolError when the server says what it should not
 */
export async function recvRun(ws: Connection, { standing: known }: Cell): Promise<Standing> {
  const message = await ws.recv();
  const run = typeof message === "string" ? parseRun(message) : undefined;
  const standing = run?.standing ?? (run && known);
  if (!standing) throw unexpected(message, `"${RUN}", and where the cell stands`);
  return standing;
}

/**
 * Lives a cell's life, from where it stands until the last step: hears the states of all neighbours at once, and tells each step that
 * the cell takes.
 *
 * @throws ConnectionClosed when the connection is closed before
 * @throws ProtocolError when the server says what it should not
 */
export async function play(ws: Connection, cell: Cell, { steps, pace, progress }: Shared): Promise<void> {
  await pace(cell.step);
  while (cell.step < steps) {
    while (!cell.isDue) hear(cell, await ws.recv());
    const due = pace(cell.step + 1);
    // Not at every step, as an `await` takes its time even where there is nothing to wait for.
    if (due) await due;
    cell.advance();
    progress.updates += 1;
    await ws.send(formatState(cell));
  }
}

function hear(cell: Cell, message: Message): void {
  const heard = typeof message === "string" ? parseStates(message) : undefined;
  if (!heard) throw unexpected(message, "a step");
  cell.receiveAll(heard.step, heard.states);
}
