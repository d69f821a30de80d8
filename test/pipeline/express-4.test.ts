import { expect } from "chai";
import session from "express-session";
import express4, { type ErrorRequestHandler, Router } from "express4";
import morgan from "morgan";
import { accept, websocket } from "../../middleware/index.ts";
import { ask, cookiesOf } from "../support/ask.ts";
import { readText } from "../support/raw-frames.ts";
import { tell } from "../support/tell.ts";
import { useNetwork } from "../support/use-network.ts";

describe("on Express 4", () => {
  const network = useNetwork();

  function quietApp4() {
    return express4().set("env", "test");
  }

  it("is the other one", async () => {
    const { port } = await network.serve(quietApp4().get("/*", tell));
    // A bare asterisk is a pattern of Express 4 alone.
    expect((await ask(network, port, "/anything")).status).to.equal(101);
  });

  it("opens a connection with its params, through routers and app.param", async () => {
    const app = quietApp4();
    app.param("house", (req, _res, next, id) => {
      req.params.house = `house ${id}`;
      next();
    });
    app.use("/houses/:house", Router({ mergeParams: true }).get("/rooms/:room", tell));
    const { port } = await network.serve(app);
    const { raw } = await ask(network, port, "/houses/1/rooms/2?a=b");
    expect(JSON.parse(await readText(raw))).to.deep.equal({
      params: { house: "house 1", room: "2" },
      baseUrl: "/houses/1",
      url: "/rooms/2?a=b",
      originalUrl: "/houses/1/rooms/2?a=b",
      query: { a: "b" },
    });
  });

  it("sets a session's cookie on the 101, and knows it again", async () => {
    const app = quietApp4().use(session({ secret: "secret", resave: false, saveUninitialized: true }));
    app.get(
      "/",
      websocket((ws, req) => ws.send(req.sessionID)),
    );
    const { port } = await network.serve(app);
    const first = await ask(network, port);
    const cookie = cookiesOf(first.headers["set-cookie"]);
    const second = await ask(network, port, "/", { Cookie: cookie });
    expect(await readText(second.raw)).to.equal(await readText(first.raw));
  });

  it("refuses in plain HTTP: 401, 404, and what next() was given", async () => {
    const app = quietApp4();
    app.get("/private", (_req, res) => res.status(401).json({ reason: "Sign in first" }));
    app.get("/broken", (_req, _res, next) => next(new Error("Broken")));
    app.get("/foreign", tell);
    app.use(((error, _req, res, _next) => {
      res.status(error.status ?? 500).send(error.message);
    }) satisfies ErrorRequestHandler);
    const { port } = await network.serve(app);
    const refused = await ask(network, port, "/private");
    expect([refused.status, refused.body]).to.deep.equal([401, '{"reason":"Sign in first"}']);
    expect((await ask(network, port, "/nowhere")).status).to.equal(404);
    expect(await ask(network, port, "/broken")).to.include({ status: 500, body: "Broken" });
    const foreign = await ask(network, port, "/foreign", { Origin: "https://evil.example" });
    expect(foreign.status).to.equal(403);
    expect(foreign.body).to.contain("https://evil.example");
  });

  it("opens a connection for a view that decides for itself", async () => {
    const app = quietApp4().get("/", async (req, res) => {
      const ws = await accept(req, res);
      await ws.send("Hello");
      await ws.close();
    });
    const { port } = await network.serve(app);
    expect(await readText((await ask(network, port)).raw)).to.equal("Hello");
  });

  it("lets in a page of the host that a trusted proxy forwards, with its port", async () => {
    const { port } = await network.serve(quietApp4().set("trust proxy", true).get("/", tell));
    const headers = { "X-Forwarded-Host": "example.com:8443", Origin: "https://example.com:8443" };
    expect((await ask(network, port, "/", headers)).status).to.equal(101);
  });

  it("logs one line, with status 101", async () => {
    const lines: string[] = [];
    const write = (line: string) => lines.push(line);
    const app = quietApp4().use(morgan(":method :url :status", { stream: { write } }));
    const { port } = await network.serve(app.get("/", tell));
    await readText((await ask(network, port)).raw);
    expect(lines).to.deep.equal(["GET / 101\n"]);
  });
});
