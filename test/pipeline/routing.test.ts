import { expect } from "chai";
import express, { type Express, Router } from "express";
import { websocket } from "../../middleware/index.ts";
import { ask } from "../support/ask.ts";
import { quietApp } from "../support/quiet-app.ts";
import { readText } from "../support/raw-frames.ts";
import { tell } from "../support/tell.ts";
import { useNetwork } from "../support/use-network.ts";

describe("a WebSocket view in Express's routing", () => {
  const network = useNetwork();

  async function told(app: Express, path: string) {
    const { port } = await network.serve(app);
    const { status, raw } = await ask(network, port, path);
    expect(status).to.equal(101);
    return JSON.parse(await readText(raw));
  }

  it("has the params of the routers above it, with mergeParams", async () => {
    const room = Router({ mergeParams: true }).get("/seats/:seat", tell);
    const house = Router({ mergeParams: true }).use("/rooms/:room", room);
    const app = quietApp().use("/houses/:house", house);
    expect(await told(app, "/houses/1/rooms/2/seats/3?a=b")).to.deep.equal({
      params: { house: "1", room: "2", seat: "3" },
      baseUrl: "/houses/1/rooms/2",
      url: "/seats/3?a=b",
      originalUrl: "/houses/1/rooms/2/seats/3?a=b",
      query: { a: "b" },
    });
  });

  it("has its own params alone, without mergeParams", async () => {
    const app = quietApp().use("/houses/:house", Router().get("/seats/:seat", tell));
    expect(await told(app, "/houses/1/seats/3")).to.deep.include({ params: { seat: "3" } });
  });

  it("is reached through app.param, which may await, replace and refuse", async () => {
    const app = quietApp();
    app.param("room", async (req, res, next, id) => {
      const name = await Promise.resolve({ "1": "Library" }[String(id)]);
      if (!name) {
        res.status(404).send(`No room ${id}`);
        return;
      }
      req.params.room = name;
      next();
    });
    app.get("/rooms/:room", tell);
    const { port } = await network.serve(app);
    const known = await ask(network, port, "/rooms/1");
    expect(JSON.parse(await readText(known.raw))).to.deep.include({ params: { room: "Library" } });
    const { status, body } = await ask(network, port, "/rooms/2");
    expect({ status, body }).to.deep.equal({ status: 404, body: "No room 2" });
  });

  it("may stand in a sub-app, which has the settings and the error handler of its own", async () => {
    const admin = quietApp().get("/feed/:id", tell);
    admin.get("/broken", () => {
      throw new Error("Broken");
    });
    admin.use(((error, _req, res, _next) => {
      res.status(500).send(`admin: ${error.message}`);
    }) satisfies express.ErrorRequestHandler);
    const { port } = await network.serve(quietApp().use("/admin", admin));
    const { raw } = await ask(network, port, "/admin/feed/7");
    expect(JSON.parse(await readText(raw))).to.deep.include({
      params: { id: "7" },
      baseUrl: "/admin",
      originalUrl: "/admin/feed/7",
    });
    expect((await ask(network, port, "/admin/broken")).body).to.equal("admin: Broken");
  });

  it("decodes params, and matches by a pattern", async () => {
    const app = quietApp().get(/^\/files\/(.+)$/, tell);
    expect(await told(app, "/files/a%20b/c")).to.deep.include({ params: { "0": "a b/c" } });
  });

  it("answers 400 to a path that cannot be decoded", async () => {
    const { port } = await network.serve(quietApp().get("/rooms/:room", tell));
    expect((await ask(network, port, "/rooms/%ff")).status).to.equal(400);
  });

  it("shares its URL with the other methods of a route, and with a page that falls through", async () => {
    const app = quietApp();
    app
      .route("/chat")
      .post((_req, res) => {
        res.send("posted");
      })
      .get(
        websocket((ws) => ws.send("socket"), { fallthrough: true }),
        (_req, res) => {
          res.send("page");
        },
      );
    const { port, url } = await network.serve(app);
    expect(await readText((await ask(network, port, "/chat")).raw)).to.equal("socket");
    expect(await (await fetch(`${url}/chat`)).text()).to.equal("page");
    expect(await (await fetch(`${url}/chat`, { method: "POST" })).text()).to.equal("posted");
  });

  it("stands behind a list of middleware, and leaves res.locals to its handler", async () => {
    const app = quietApp().get(
      "/",
      [
        (_req, res, next) => {
          res.locals.greeting = "Hello";
          next();
        },
        (_req, res, next) => {
          res.locals.name = "Ada";
          next();
        },
      ] satisfies express.RequestHandler[],
      websocket((ws, req) => ws.send(`${req.res?.locals.greeting} ${req.res?.locals.name}`)),
    );
    const { port } = await network.serve(app);
    expect(await readText((await ask(network, port)).raw)).to.equal("Hello Ada");
  });
});
