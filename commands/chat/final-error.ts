import { type ErrorFrame, REPLACED } from "../../handlers/chat/protocol.ts";
import { ConnectionClosed, UnexpectedResponse } from "../../middleware/errors.ts";
import { CommandError } from "../errors.ts";
import { failureCause, notImplemented } from "../failure.ts";
import { printable } from "./printable.ts";

/** Policy Violation (RFC 6455 §7.4.1): the nick is taken, or a flood went on. */
const POLICY_VIOLATION = 1008;

/** What a client gets that is to come again later (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4). */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * The error to end with when a connection ends or fails in a way that would be the same the next time; undefined if it is worth to
 * try again.
 *
 * @param error what ended it
 * @param refusal the last error that the server has told on it
 */
export function finalError(
  error: unknown,
  refusal: ErrorFrame | undefined,
  { room, nick }: { readonly room: string; readonly nick: string },
): CommandError | undefined {
  if (error instanceof ConnectionClosed) {
    if (error.closeCode === REPLACED)
      return new CommandError(
        `${nick} has been taken over in ${room}, by another connection with the same key`,
      );
    if (error.closeCode !== POLICY_VIOLATION) return undefined;
    if (refusal?.code === "nick-taken")
      return new CommandError(`Somebody in ${room} is called ${nick}: choose another nick, with --nick`);
    return refused(room, error);
  }
  const line = notImplemented(error);
  if (line !== undefined) return new CommandError(line);
  return error instanceof UnexpectedResponse && isFinal(error.response.status)
    ? refused(room, error)
    : undefined;
}

function refused(room: string, error: unknown): CommandError {
  return new CommandError(`The server does not let you stay in ${room}: ${printable(failureCause(error))}`);
}

function isFinal(status: number): boolean {
  return status === 501 || (status >= 400 && status < 500 && !PASSING.has(status));
}
