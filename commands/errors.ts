/**
 * The errors that a command ends with. Each is shown as one line, without a stack.
 *
 * ```
 * Error
 * ├── CommandError       what went wrong and what to do about it; exit code 1
 * │   └── ProtocolError  a peer said what the wire format does not allow
 * └── Interruption       Ctrl-C and its kin; shown as nothing at all
 * ```
 */

/** What went wrong and what to do about it, in one line. The command exits with 1. */
export class CommandError extends Error {
  override readonly name: string = "CommandError";
}

/** A peer said what the wire format does not allow. */
export class ProtocolError extends CommandError {
  override readonly name = "ProtocolError";

  constructor(message: string) {
    super(`Protocol error: ${message}`);
  }
}

/** The user, or the system, asked the command to stop. It does so quietly. */
export class Interruption extends Error {
  override readonly name = "Interruption";
  /** 128 plus the signal's number, as shells report it: 130 after Ctrl-C. */
  readonly exitCode: number;

  constructor(exitCode: number) {
    super("Interrupted");
    this.exitCode = exitCode;
  }
}

/** The `code` of a system error, such as `ECONNREFUSED`; undefined for any other value. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** The text of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
