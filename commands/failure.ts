import { ConnectionClosed, RecvTimeoutError } from "../middleware/errors.ts";
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
