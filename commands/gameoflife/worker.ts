import {
  formatCell,
  formatUpdate,
  parseUpdate,
  RUN,
  SUB,
  type Update,
} from "../../handlers/life/protocol.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { Message } from "../../middleware/message.ts";
import { ProtocolError } from "../errors.ts";
import type { Cell } from "./cell.ts";
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
  await expectLine(ws, SUB);
  for (const { row, col } of neighbours) await ws.send(formatCell(row, col));
  await ws.send(SUB);
  progress.subscribed += 1;

  await expectLine(ws, RUN);
  await pace(0);
  await tell(ws, cell, progress);

  while (cell.step < steps) {
    while (!cell.isDue) cell.receive(toUpdate(await ws.recv()));
    await pace(cell.step + 1);
    cell.advance();
    await tell(ws, cell, progress);
  }
  await ws.close();
}

function tell(ws: Connection, { step, row, col, state }: Cell, progress: Progress): Promise<void> {
  progress.updates += 1;
  return ws.send(formatUpdate(step, row, col, state));
}

async function expectLine(ws: Connection, expected: string): Promise<void> {
  const line = await ws.recv();
  if (line !== expected) throw new ProtocolError(`a worker received "${line}" instead of "${expected}"`);
}

function toUpdate(line: Message): Update {
  const update = typeof line === "string" ? parseUpdate(line) : undefined;
  if (!update) throw new ProtocolError(`a worker received "${line}" instead of an update`);
  return update;
}
