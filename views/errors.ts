import type { ErrorRequestHandler } from "express";

/** An error whose message is meant for the client: a `HandshakeError`, or one as `http-errors` makes them. */
interface Refusal extends Error {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Makes the app's error handler. A refusal is answered in plain text, with its status, its headers and its message, and is
 * no matter for the server's log. Any other error goes on to Express, which logs it and answers 500.
 */
export function errors(): ErrorRequestHandler {
  return function errors(err: unknown, _req, res, next) {
    if (res.headersSent || !isRefusal(err)) {
      next(err);
      return;
    }
    // The message may quote what the client sent, which no browser is to take for anything but text.
    res.set("X-Content-Type-Options", "nosniff");
    res.set(err.headers ?? {});
    res.status(err.status).type("text/plain").send(`${err.message}\n`);
  };
}

function isRefusal(err: unknown): err is Refusal {
  if (!(err instanceof Error) || !("status" in err) || !isErrorStatus(err.status)) return false;
  return "expose" in err ? err.expose === true : err.status < 500;
}

function isErrorStatus(status: unknown): status is number {
  return typeof status === "number" && status >= 400 && status < 600;
}
