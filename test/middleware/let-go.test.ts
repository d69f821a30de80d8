import { expect } from "chai";
import type { RequestHandler } from "express";
import { websocket } from "../../middleware/websocket.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { readText } from "../support/raw-frames.ts";
import { untilForgotten } from "../support/until-forgotten.ts";
import { useNetwork } from "../support/use-network.ts";

describe("a handler's request", () => {
  const network = useNetwork();

  /** Connects through a middleware; gives what the handler sends of its request. */
  async function connectThrough(middleware: RequestHandler, tell: (req: object) => unknown): Promise<string> {
    const app = quietApp().get(
      "/",
      middleware,
      websocket((ws, req) => ws.send(JSON.stringify(tell(req)))),
    );
    const { port } = await network.serve(app);
    return readText(await network.shake(port));
  }

  it("has its response where middleware has left something in res.locals", async () => {
    const greet: RequestHandler = (_req, res, next) => {
      res.locals.user = "bob";
      next();
    };
    const locals = await connectThrough(greet, (req) =>
      Reflect.get(Object(Reflect.get(req, "res")), "locals"),
    );
    expect(JSON.parse(locals)).to.deep.equal({ user: "bob" });
  });

  it("lets go of its response otherwise, and of what comes next in the pipeline", async () => {
    const left = await connectThrough(
      (_req, _res, next) => next(),
      (req) => [Reflect.get(req, "res") ?? "no res", Reflect.get(req, "next") ?? "no next"],
    );
    expect(JSON.parse(left)).to.deep.equal(["no res", "no next"]);
  });

  it("keeps its response in memory no longer than the handshake takes", async () => {
    const seen = deferred<WeakRef<object>>();
    const app = quietApp().get(
      "/",
      (_req, res, next) => {
        seen.resolve(new WeakRef(res));
        next();
      },
      websocket(async (ws, req) => {
        await ws.closed;
        return req;
      }),
    );
    const { port } = await network.serve(app);
    await network.shake(port);
    const response = await seen.promise;
    await untilForgotten([response]);
  });
});
