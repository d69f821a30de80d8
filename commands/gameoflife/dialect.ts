import {
  formatCell,
  formatState,
  formatUpdate,
  parseStates,
  parseUpdate,
  STEPS,
  SUB,
} from "../../handlers/life/protocol.ts";
import type { Message } from "../../middleware/message.ts";
import { ProtocolError } from "../errors.ts";
import type { Cell } from "./cell.ts";

/** One of the two ways in which a worker and the server talk: see `handlers/life/protocol.ts`. */
export interface Dialect {
  /** What a worker says of its cell before it names the neighbours. */
  introduce(cell: Cell): readonly string[];
  /** What a worker says at each step. */
  tell(cell: Cell): string;
  /**
   * Takes in what the server says.
   *
   * @throws ProtocolError if that is not what it should say now
   */
  hear(cell: Cell, message: Message): void;
}

/** A neighbour at a time. */
const updates: Dialect = {
  introduce: () => [],
  tell: formatUpdate,
  hear(cell, message) {
    const update = typeof message === "string" ? parseUpdate(message) : undefined;
    if (!update) throw unexpected(message, "an update");
    cell.receive(update);
  },
};

/** All neighbours at once. */
const steps: Dialect = {
  introduce: (cell) => [formatCell(cell)],
  tell: formatState,
  hear(cell, message) {
    const heard = typeof message === "string" ? parseStates(message) : undefined;
    if (!heard) throw unexpected(message, "a step");
    cell.receiveAll(heard.step, heard.states);
  },
};

/**
 * The dialect in which the server invites a worker to subscribe.
 *
 * @throws ProtocolError if that is no invitation
 */
export function dialectOf(invitation: Message): Dialect {
  if (invitation === SUB) return updates;
  if (invitation === STEPS) return steps;
  throw unexpected(invitation, `"${SUB}"`);
}

/** What to throw when the server says something else. */
export function unexpected(message: Message, expected: string): ProtocolError {
  return new ProtocolError(`a worker received "${message}" instead of ${expected}`);
}
