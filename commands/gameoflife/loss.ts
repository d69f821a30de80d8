import { REPLACED } from "../../handlers/life/steps-protocol.ts";
import { ConnectionClosed, UnexpectedResponse } from "../../middleware/errors.ts";
import { ProtocolError } from "../errors.ts";

/** Policy Violation (RFC 6455 §7.4.1): another worker lives the cell, or this one breaks the rules. */
const POLICY_VIOLATION = 1008;

/** The codes that say that the two do not understand each other (RFC 6455 §7.4.1), and that the game is another one. */
const HOPELESS: ReadonlySet<number> = new Set([REPLACED, 1002, 1003, 1007, 1009, 1010]);

/** The statuses below 500 that ask a client to come again (RFC 9110 §15.5.9, RFC 6585 §4), and the one above that does not (§15.6.2). */
const TRY_AGAIN: ReadonlySet<number> = new Set([408, 429]);
const NOT_IMPLEMENTED = 501;

/** What a worker makes of it that its connection was lost, or did not come about. */
export type Loss =
  /** It comes again. */
  | "passing"
  /** It gives its cell up. */
  | "cell"
  /** The game is over for all workers. */
  | "game";

/** Judges what a worker failed with. */
export function lossOf(error: unknown): Loss {
  if (error instanceof ConnectionClosed) {
    if (error.closeCode === POLICY_VIOLATION) return "cell";
    return HOPELESS.has(error.closeCode) ? "game" : "passing";
  }
  if (error instanceof UnexpectedResponse) {
    const { status } = error.response;
    return TRY_AGAIN.has(status) || (status >= 500 && status !== NOT_IMPLEMENTED) ? "passing" : "game";
  }
  return error instanceof ProtocolError ? "game" : "passing";
}
