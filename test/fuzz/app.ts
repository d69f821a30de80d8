import { setImmediate as nextTurn } from "node:timers/promises";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { type Connection, type ViewOptions, websocket } from "../../middleware/index.ts";
import { quietApp } from "../support/quiet-app.ts";

/** How the server ends a connection of `/held/:key`. */
export type Ending = "close" | "terminate";

/** The app under fuzz. */
export interface FuzzApp {
  readonly app: Express;
  /** How many handlers run. */
  handlers(): number;
  /** Ends the connection of that key, wherever it is on its way; one that is gone, or has not come, is left alone. */
  end(key: string, how: Ending): void;
}

/** What happens on a connection; the key is that of `/held/:key`. */
type FuzzHandler = (ws: Connection, key: string) => unknown;

/** What a view of ours throws by design; anything else that reaches an error handler is a finding. */
class OnPurpose extends Error {}

/** The subprotocols of `/later`. */
export const PROTOCOLS = ["v2", "v1"];

/** What `/limits` receives at most, in bytes. */
export const MAX_PAYLOAD = 1024;

/** What `/pushes` sends in one message, in bytes. */
const PUSH = 64 * 1024;

const echo: FuzzHandler = async (ws) => {
  for await (const message of ws) await ws.send(message);
};

const laterTurn: RequestHandler = async (_req, _res, next) => {
  await nextTurn();
  next();
};

const answerError: ErrorRequestHandler = (error, _req, res, _next) => {
  const { status = 500, headers = {}, message } = Object(error);
  if (status >= 500) report(error, "the app");
  res.status(status).set(headers).type("text").send(String(message));
};

function report(error: unknown, where: string): void {
  if (!(error instanceof OnPurpose)) console.error(`${where}:`, error);
}

/** Makes an app with a view for each way in which a connection may live, beside routes that know nothing of WebSockets. */
export function createFuzzApp(): FuzzApp {
  const app = quietApp();
  const held = new Map<string, (how: Ending) => void>();
  let handlers = 0;

  function view(handler: FuzzHandler, options: ViewOptions = {}): RequestHandler {
    return websocket(
      async (ws, req) => {
        handlers += 1;
        try {
          await handler(ws, String(req.params.key));
        } finally {
          handlers -= 1;
        }
      },
      { onError: report, ...options },
    );
  }

  app.get("/echo", view(echo));
  app.get("/deflate", view(echo, { compression: { threshold: 0 } }));
  app.get("/later", laterTurn, view(echo, { protocols: PROTOCOLS }));
  app.get("/limits", view(echo, { maxPayload: MAX_PAYLOAD, recvHighWaterMark: 1, sendHighWaterMark: 1 }));
  app.get(
    "/closes",
    view(() => {}),
  );
  app.get(
    "/throws",
    view(() => Promise.reject(new OnPurpose("Thrown on purpose"))),
  );
  app.get(
    "/deaf",
    view((ws) => ws.closed),
  );
  app.get("/pushes", view(push));
  app.get("/both", view(echo, { fallthrough: true }), (_req, res) => {
    res.send("page");
  });

  app.get("/held/:key", (req, res, next) => {
    const { key } = req.params;
    let isRefused = false;
    held.set(key, () => {
      isRefused = true;
    });
    req.socket.once("close", () => held.delete(key));
    // As long as any session store: the connection may well be ended meanwhile.
    setTimeout(() => (isRefused ? res.sendStatus(503) : next()), 1);
  });
  app.get(
    "/held/:key",
    view((ws, key) => {
      held.set(key, (how) => endConnection(ws, how));
      return echo(ws, key);
    }),
  );

  app.get("/plain", (req, res) => {
    res.send(`plain ${req.query.n ?? ""}`);
  });
  app.get("/slow", laterTurn, laterTurn, (req, res) => {
    res.send(`slow ${req.query.n ?? ""}`);
  });
  app.use("/body", express.text({ type: () => true }), (req, res) => {
    res.send(`body ${req.query.n ?? ""} ${typeof req.body === "string" ? req.body : ""}`);
  });
  app.use(answerError);

  return { app, handlers: () => handlers, end: (key, how) => held.get(key)?.(how) };
}

async function push(ws: Connection): Promise<void> {
  for (;;) await ws.send(Buffer.alloc(PUSH));
}

function endConnection(ws: Connection, how: Ending): void {
  if (how === "close") void ws.close(1001);
  else ws.raw.terminate();
}
