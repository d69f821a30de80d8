import { cutReason } from "./close-frame.ts";
import type { Connection } from "./connection.ts";
import { WebSocketError } from "./errors.ts";
import { type Answered, letGo } from "./let-go.ts";
import type { Settings } from "./options.ts";
import { type Named, urlOf } from "./request-name.ts";
import { transportOf } from "./transport.ts";

/** Normal Closure (RFC 6455 §7.4.1). */
const NORMAL_CLOSURE = 1000;

/** Internal Error (RFC 6455 §7.4.1, and the IANA WebSocket close codes). */
const INTERNAL_ERROR = 1011;

/**
 * Runs a handler on its connection, once the response is over for everybody, and closes the connection when it ends. Only what
 * is named in `start` stays in memory while the handler waits: its request does not, unless the handler itself keeps it.
 */
export function runHandler<R extends Named & Answered>(
  connection: Connection,
  handler: (ws: Connection, req: R) => unknown,
  req: R,
): void {
  transportOf(connection).tracker?.handlerStarted();
  process.nextTick(start<R>, connection, handler, req);
}

function start<R extends Named & Answered>(
  connection: Connection,
  handler: (ws: Connection, req: R) => unknown,
  req: R,
): void {
  const url = urlOf(req);
  letGo(req);
  call(handler, connection, req).then(
    () => end(connection, NORMAL_CLOSURE, ""),
    (error: unknown) => fail(connection, error, url),
  );
}

/** No async function: that would wait on a promise of its own for the handler's. */
function call<R>(
  handler: (ws: Connection, req: R) => unknown,
  connection: Connection,
  req: R,
): Promise<unknown> {
  try {
    return Promise.resolve(handler(connection, req));
  } catch (error) {
    return Promise.reject(error);
  }
}

function fail(connection: Connection, error: unknown, url: string): void {
  if (error instanceof WebSocketError) {
    end(connection, error.closeCode, cutReason(error.reason));
  } else {
    // A handshake is a GET, always.
    if (!isOwnEnd(connection, error))
      void report(error, transportOf(connection).settings.onError, `GET ${url}`);
    end(connection, INTERNAL_ERROR, "The handler failed");
  }
}

function end(connection: Connection, code: number, reason: string): void {
  const transport = transportOf(connection);
  transport.tracker?.handlerEnded();
  transport.close(code, reason);
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
