import assert from "node:assert/strict";
import { expect } from "chai";
import { WebSocket } from "ws";
import { type ClientOptions, connect as connectAgain } from "../../middleware/client/index.ts";
import { accept, hookUpgrades, stats, WebSocketError, websocket } from "../../middleware/index.ts";
import { connect } from "../../middleware/testing.ts";
import { deferred } from "../support/deferred.ts";
import { usePage } from "../support/docs/use-page.ts";
import { quietApp } from "../support/quiet-app.ts";
import { rejection } from "../support/rejection.ts";
import { SHORT } from "../support/timeouts.ts";
import { useNetwork } from "../support/use-network.ts";

describe("the example of hookUpgrades", () => {
  const page = usePage("middleware/hook-upgrades.ts");
  const example = page.block("hookUpgrades");
  const network = useNetwork();

  it("lets a view of the app be connected to", async () => {
    const app = quietApp().get(
      "/",
      websocket((ws) => ws.send("Hello!")),
    );
    const { wsUrl } = await example.run({ app, hookUpgrades });
    expect(await (await network.open(wsUrl)).next()).to.equal("Hello!");
  });
});

describe("the example of websocket", () => {
  const page = usePage("middleware/websocket.ts");
  const example = page.block("websocket");

  it("greets by name, and echoes", async () => {
    const app = quietApp();
    await example.run({ app, websocket });
    const ws = await connect(app, "/echo/bob");
    expect(await ws.recv()).to.equal("Hello bob!");
    await ws.send("Spam");
    expect(await ws.recv()).to.equal("Spam");
    await ws.close();
  });
});

describe("the example of stats", () => {
  const page = usePage("middleware/stats.ts", {
    names: { server: 'import("node:http").Server', stats: 'typeof import("express-c10k").stats' },
  });
  const example = page.block("stats");
  const network = useNetwork();

  it("gives what is counted", async () => {
    const { server } = await network.serveView((ws) => ws.closed);
    const { exports } = await example.run<{ views: unknown; closes: unknown }>(
      { server, stats },
      "views",
      "closes",
    );
    expect(exports).to.deep.include({ views: [], closes: {} });
  });
});

describe("the example of accept", () => {
  const page = usePage("middleware/accept.ts", {
    names: {
      mayRead: "(user: unknown) => Promise<boolean>",
    },
    ambient: "declare global { namespace Express { interface Request { user?: unknown } } }",
  });
  const example = page.block("accept");

  it("refuses whoever may not read, and welcomes the others", async () => {
    const app = quietApp().use((req, _res, next) => {
      Object.assign(req, { user: req.get("x-user") });
      next();
    });
    await example.run({ app, accept, mayRead: async (user: unknown) => user === "Ada" });
    const ws = await connect(app, "/feed", { headers: { "x-user": "Ada" } });
    expect(await ws.recv()).to.equal("Welcome!");
    await ws.close();
    expect(await rejection(connect(app, "/feed"))).to.have.nested.property("response.status", 403);
  });
});

describe("the example of WebSocketError", () => {
  const page = usePage("middleware/errors.ts");
  const example = page.block("WebSocketError");

  it("closes with that code and that reason", async () => {
    const app = quietApp().get(
      "/",
      websocket(() => example.run({ WebSocketError })),
    );
    const ws = await connect(app);
    expect(await ws.closed).to.deep.equal({ code: 1008, reason: "One vote each" });
  });
});

describe("the example of connect, of testing", () => {
  const page = usePage("middleware/testing.ts", {
    names: {
      assert: 'typeof import("node:assert/strict")',
      connect: 'typeof import("express-c10k/testing")["connect"]',
      cookie: "string",
    },
  });
  const example = page.block("connect");

  it("asserts what a view says, and that another refuses", async () => {
    const app = quietApp();
    app.get("/private", (_req, res) => res.sendStatus(401));
    app.get(
      "/echo/:name",
      websocket((ws, req) => ws.send(`Hello ${req.params.name}!`)),
    );
    await example.run({ app, assert, connect, cookie: "a=1" });
  });
});

describe("the example of connect, of client", () => {
  const page = usePage("middleware/client/connect.ts", {
    names: {
      connect: 'typeof import("express-c10k/client")["connect"]',
      last: "string",
      show: "(...what: unknown[]) => string",
    },
  });
  const example = page.block("connect");
  const network = useNetwork();

  it("says offline when the connection is lost, and goes on after the last message that was shown", async () => {
    const asked: unknown[] = [];
    const heard = deferred<unknown>();
    const view = websocket(async (ws, req) => {
      asked.push(req.query.since);
      if (asked.length > 1) return;
      heard.resolve(await ws.recv());
      await ws.send("1");
      throw new WebSocketError(1012, "Restarting");
    });
    const { wsUrl } = await network.serve(quietApp().get("/ws/", view));
    const shown: unknown[][] = [];
    await example.run({
      connect: (address: () => string, options: ClientOptions) =>
        connectAgain(() => `${wsUrl}/${address()}`, { ...options, WebSocket, firstDelay: SHORT }),
      last: "0",
      show(...what: unknown[]) {
        shown.push(what);
        return what[0];
      },
    });
    expect(await heard.promise).to.equal("Hello!");
    expect(asked).to.deep.equal(["0", "1"]);
    expect(shown.map(([first]) => first)).to.deep.equal(["1", "offline", "offline"]);
    expect(shown[1]?.[1]).to.be.a("number");
  });
});
