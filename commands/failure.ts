import { ConnectionClosed, RecvTimeoutError, UnexpectedResponse } from "../middleware/errors.ts";
import { errorMessage, systemErrorCode } from "./errors.ts";

/** Closed without a close frame (RFC 6455 §7.1.5). */
const ABNORMAL_CLOSURE = 1006;

/** Why a connection failed, in a few words that are the same for all that failed for the same reason. */
export function failureCause(error: unknown): string {
  if (error instanceof ConnectionClosed) return closureCause(error.closeCode, error.reason);
  if (error instanceof RecvTimeoutError) return "no answer in time";
  const status = responseStatus(error);
  if (status !== undefined) return `HTTP ${status} instead of a WebSocket`;
  return systemErrorCode(error) ?? errorMessage(error);
}

/** What a server says, in one line, that does not do what was asked of it (501, RFC 9110 §15.6.2); undefined for anything else. */
export function notImplemented(error: unknown): string | undefined {
  if (!(error instanceof UnexpectedResponse) || error.response.status !== 501) return undefined;
  const { headers, text } = error.response;
  // It goes to a terminal, which control characters could be commands for.
  const line = text.trim();
  return /^text\/plain\b/.test(String(headers["content-type"])) && /^[^\p{C}]+$/u.test(line)
    ? line
    : undefined;
}

/** How a connection was closed, in a few words. */
export function closureCause(code: number, reason: string): string {
  if (code === ABNORMAL_CLOSURE) return "connection lost";
  return reason === ""
    ? `closed by the server with ${code}`
    : `closed by the server with ${code} (${reason})`;
}

function responseStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("response" in error)) return undefined;
  const { response } = error;
  if (typeof response !== "object" || response === null || !("status" in response)) return undefined;
  return typeof response.status === "number" ? response.status : undefined;
}
