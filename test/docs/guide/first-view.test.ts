import { createServer } from "node:http";
import { expect } from "chai";
import type { Express, NextFunction, Request, Response } from "express";
import { accept, type Connection, ConnectionClosed, websocket } from "../../../middleware/index.ts";
import { connect } from "../../../middleware/testing.ts";
import { ask } from "../../support/ask.ts";
import { deferred } from "../../support/deferred.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { rejection } from "../../support/rejection.ts";
import { useBrowser } from "../../support/use-browser.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("docs/guide/first-view.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/first-view.md", {
    names: {
      console: "{ log(...what: unknown[]): void }",
      greet: '(ws: import("express-c10k").Connection) => Promise<void>',
      polls: 'Map<string, import("express-c10k").Message[]>',
    },
  });
  const program = page.block("A first view", 1);
  const html = page.block("A first view", 2);
  const shared = page.block("A page on the same URL");
  const typed = page.block("Types");
  const logging = page.block("A line in the log");
  const deciding = page.block("A view that decides for itself");

  it("greets, takes an answer, and closes with 1000", async () => {
    const { wsUrl } = await program.run();
    const client = await network.open(`${wsUrl}/greet/Ada`);
    client.ws.send("Spam");
    expect(await client.take(2)).to.deep.equal(["Hello Ada!", "You said Spam."]);
    expect((await client.closed).code).to.equal(1000);
  });

  it("answers 426 to plain HTTP", async () => {
    const { url, exports } = await program.run<{ app: Express }>({}, "app");
    exports.app.set("env", "test");
    expect((await fetch(`${url}/greet/Ada`)).status).to.equal(426);
  });

  it("shares its URL with a page, with fallthrough", async () => {
    const app = quietApp();
    await shared.run({ app, websocket, greet: (ws: Connection) => ws.send("Hello!") });
    const { url, wsUrl } = await network.serve(app);
    expect(await (await fetch(`${url}/greet/Ada`)).text()).to.equal("<h1>Hello Ada</h1>");
    expect(await (await network.open(`${wsUrl}/greet/Ada`)).next()).to.equal("Hello!");
  });

  it("knows the params that are named", async () => {
    const app = quietApp();
    await typed.run({ app, websocket });
    const ws = await connect(app, "/greet/%20Ada");
    expect(await ws.recv()).to.equal("Hello Ada!");
    await ws.close();
  });

  it("logs what a connection came to", async () => {
    const [app, logged] = [quietApp(), deferred<unknown[]>()];
    const console = { log: (...what: unknown[]) => logged.resolve(what) };
    await logging.run({ app, websocket, console, greet: (ws: Connection) => ws.send("Hello!") });
    const ws = await connect(app, "/greet/Ada");
    await ws.closed;
    const [address, request, code, duration, ...counts] = await logged.promise;
    expect([address, request, code, ...counts]).to.deep.equal(["127.0.0.1", "GET /greet/Ada", 1000, 0, 1]);
    expect(duration).to.match(/^\d+ ms$/);
  });

  it("decides for itself whether to accept, and closes", async () => {
    const [app, polls] = [quietApp(), new Map<string, unknown[]>([["tea", []]])];
    await deciding.run({ app, accept, polls });
    expect(await rejection(connect(app, "/vote/beer"))).to.have.nested.property("response.status", 404);
    const ws = await connect(app, "/vote/tea");
    await ws.send("yes");
    expect((await ws.closed).code).to.equal(1000);
    expect(polls.get("tea")).to.deep.equal(["yes"]);
  });

  it("gives the app's error handler what is thrown after accept(), and can then only cut the connection", async () => {
    for (const leave of [(ws: Connection) => ws.close(), (ws: Connection) => ws.send("Go on")]) {
      const [app, failed] = [quietApp(), deferred<unknown>()];
      app.get("/", async (req, res) => {
        const ws = await accept(req, res);
        if ((await ws.recv()) === "Go on") throw new Error("Oops");
      });
      app.use((error: Error, _req: Request, _res: Response, next: NextFunction) => {
        failed.resolve(error);
        next(error);
      });
      const ws = await connect(app);
      leave(ws);
      const error = await failed.promise;
      if (error instanceof ConnectionClosed) expect(error.closeCode).to.equal(1000);
      else expect([String(error), (await ws.closed).code]).to.deep.equal(["Error: Oops", 1006]);
    }
  });

  it("closes with 1011 and tells onError where the handler throws", async () => {
    const told = deferred<unknown>();
    const fail = () => Promise.reject(new Error("Oops"));
    const { wsUrl } = await network.serveView(fail, { onError: told.resolve });
    expect((await (await network.open(wsUrl)).closed).code).to.equal(1011);
    expect(await told.promise).to.have.property("message", "Oops");
  });

  it("says what to call on a server that was not hooked", async () => {
    const app = quietApp().get(
      "/",
      websocket(() => {}),
    );
    const port = await network.listen(createServer(app));
    const { status, body } = await ask(network, port);
    expect(status).to.equal(500);
    expect(body).to.contain("hookUpgrades");
  });

  describe("in a browser", () => {
    const openPage = useBrowser();

    it("is talked to by the page", async () => {
      const text = html.code;
      const app = quietApp().get("/", (_req, res) => res.send(text));
      app.get(
        "/greet/:name",
        websocket(async (ws, req) => {
          await ws.send(`Hello ${req.params.name}!`);
          await ws.send(`You said ${await ws.recv()}.`);
        }),
      );
      const { url } = await network.serve(app);
      const tab = await openPage();
      await tab.goto(url);
      await tab.getByText("Closed: 1000").waitFor();
      expect(await tab.locator("ul").textContent()).to.equal("Hello Ada!You said Spam.Closed: 1000");
    });
  });
});
