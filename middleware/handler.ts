import type { Connection } from "./connection.ts";
import { WebSocketError } from "./errors.ts";
import type { Settings } from "./options.ts";
import { type Named, nameOf } from "./request-name.ts";
import { transportOf } from "./transport.ts";

/** Internal Error (RFC 6455 §7.4.1, and the IANA WebSocket close codes). */
const INTERNAL_ERROR = 1011;

/**
 * Runs a handler on its connection, and closes the connection when it ends. Only what is named here stays in memory while
 * the handler waits: its request does not, unless the handler itself keeps it.
 */
export function runHandler<R extends Named>(
  connection: Connection,
  handler: (ws: Connection, req: R) => unknown,
  req: R,
  onError: Settings["onError"],
): Promise<void> {
  const request = nameOf(req);
  const { tracker } = transportOf(connection);
  tracker?.handlerStarted();
  return start(handler, connection, req)
    .finally(() => tracker?.handlerEnded())
    .then(
      () => connection.close(),
      (error: unknown) => fail(connection, error, onError, request),
    );
}

async function start<R>(
  handler: (ws: Connection, req: R) => unknown,
  connection: Connection,
  req: R,
): Promise<unknown> {
  return handler(connection, req);
}

function fail(
  connection: Connection,
  error: unknown,
  onError: Settings["onError"],
  request: string,
): Promise<void> {
  if (error instanceof WebSocketError) return connection.close(error.closeCode, error.reason);
  if (!isOwnEnd(connection, error)) void report(error, onError, request);
  return connection.close(INTERNAL_ERROR, "The handler failed");
}

/** A report that fails in its turn must neither leave the connection open nor end the process. */
async function report(error: unknown, onError: Settings["onError"], request: string): Promise<void> {
  try {
    await onError(error, request);
  } catch (failure) {
    console.error(`${request}: onError failed:`, failure, "on the handler's error:", error);
  }
}

/**
 * The end of its own connection is how a handler that waits for a message learns of it: that is no failure. What waits with
 * the connection's signal, as timers and events of Node do, rejects with an error of its own whose cause that is.
 */
function isOwnEnd(connection: Connection, error: unknown): boolean {
  const { closeError } = transportOf(connection);
  const cause = error instanceof Error && error.name === "AbortError" ? error.cause : error;
  return closeError !== undefined && cause === closeError;
}
