import { createServer } from "node:http";
import { expect } from "chai";
import express, { type Express } from "express";
import morgan from "morgan";
import request from "supertest";
import { createApp } from "../app.ts";
import { openServices, type Services } from "../handlers/services.ts";
import { hookUpgrades } from "../middleware/index.ts";
import { connect, type HttpResponse, UnexpectedResponse } from "../middleware/testing.ts";
import { readPage } from "../views/pages.ts";
import { joinChat } from "./support/chat-client.ts";
import { startGame } from "./support/life-clients.ts";
import { handshakeText, readResponse, SAMPLE_ACCEPT } from "./support/raw-http.ts";
import { rejection } from "./support/rejection.ts";
import { untilTrue } from "./support/until.ts";
import { useDirectory } from "./support/use-directory.ts";
import { useNetwork } from "./support/use-network.ts";

const PAGES = {
  "/": "life",
  "/test/": "echo",
  "/chat/": "chat/lobby",
  "/chat/lobby/": "chat/room",
  "/status/": "status",
};
const SOCKETS = [
  "/test/ws/",
  "/worker/",
  "/watcher/",
  "/reset/",
  "/chat/lobby/ws/?nick=ann",
  "/status/feed/",
];

describe("createApp", () => {
  const network = useNetwork();
  let services: Services;
  let app: Express;

  afterEach(() => services.close());

  const directory = useDirectory();

  beforeEach(() => {
    services = openServices({ data: directory() }, console.error);
    app = createApp({ services, server: hookUpgrades(createServer()) });
  });

  describe("over plain HTTP", () => {
    for (const [url, name] of Object.entries(PAGES)) {
      it(`serves the ${name} page at ${url}`, async () => {
        const { status, headers, text } = await request(app).get(url);
        expect({ status, text }).to.deep.equal({ status: 200, text: readPage(name) });
        expect(headers["content-type"]).to.equal("text/html; charset=utf-8");
      });
    }

    it("serves the forms page at /test/wsgi/, which shows what it receives", async () => {
      expect(await request(app).get("/test/wsgi/?a=spam")).to.include({ status: 200, type: "text/html" });
      const { status, text } = await request(app).post("/test/wsgi/").type("form").send("b=eggs");
      expect(status).to.equal(200);
      expect(text).to.contain("eggs");
    });

    it("serves what the pages refer to", async () => {
      for (const page of [...Object.keys(PAGES), "/test/wsgi/"]) {
        const { text } = await request(app).get(page);
        const urls = Array.from(text.matchAll(/(?:src|href)="(\/[^"]*)"/g), ([, url]) => url ?? "");
        expect(urls).to.not.deep.equal([]);
        for (const url of urls) expect((await request(app).get(url)).status, url).to.equal(200);
      }
    });

    it("redirects to the URL that ends in a slash", async () => {
      expect((await request(app).get("/test")).status).to.equal(301);
    });

    for (const url of SOCKETS) {
      it(`answers 426 at ${url}, and says with an Upgrade header and in words what it is`, async () => {
        const { status, headers, text } = await request(app).get(url);
        expect(status).to.equal(426);
        expect(headers).to.include({ upgrade: "websocket", "content-type": "text/plain; charset=utf-8" });
        expect(text).to.match(/WebSocket client\n$/);
      });
    }

    it("answers 404 elsewhere, and to other methods", async () => {
      for (const url of [
        "/none",
        "/worker/none",
        "/test/none/",
        "/test/ws/none",
        "/pages/none.js",
        "/favicon",
      ]) {
        expect((await request(app).get(url)).status, url).to.equal(404);
      }
      for (const url of ["/", "/test/", ...SOCKETS]) {
        expect((await request(app).post(url)).status, url).to.equal(404);
      }
    });

    it("does not say what it is made with", async () => {
      expect((await request(app).get("/")).headers).to.not.have.property("x-powered-by");
    });

    it("refuses a form that is too large in one line of text", async () => {
      const { status, text } = await request(app)
        .post("/test/wsgi/")
        .type("form")
        .send(`a=${"x".repeat(200_000)}`);
      expect({ status, text }).to.deep.equal({ status: 413, text: "request entity too large\n" });
    });
  });

  describe("over WebSocket", () => {
    for (const url of SOCKETS) {
      it(`completes the handshake at ${url}`, async () => {
        const { status, headers } = await shake(url);
        expect(status).to.equal(101);
        expect(headers).to.include({ upgrade: "websocket", "sec-websocket-accept": SAMPLE_ACCEPT });
      });
    }

    it("answers a handshake that no view claims with its own 404, as plain HTTP", async () => {
      for (const url of ["/none", "/worker/none", "/test/wsgi/none", "/pages/none.js"]) {
        const { status, headers, text } = await refusal(url);
        expect(status, url).to.equal(404);
        expect(headers).to.include({ "content-type": "text/html; charset=utf-8", connection: "close" });
        expect(text).to.contain(`Cannot GET ${url}`);
      }
    });

    it("answers a handshake at the URL of a page with the page", async () => {
      for (const [url, name] of Object.entries(PAGES)) {
        const { status, text } = await refusal(url);
        expect({ status, text }).to.deep.equal({ status: 200, text: readPage(name) });
      }
    });

    it("refuses a page of another origin in one line of plain text", async () => {
      for (const url of SOCKETS) {
        const { status, headers, text } = await refusal(url, { Origin: "http://evil.example" });
        expect(status).to.equal(403);
        expect(headers["content-type"]).to.equal("text/plain; charset=utf-8");
        expect(text).to.match(/^Origin http:\/\/evil\.example may not connect here.*\n$/);
      }
    });

    it("lets a page of its own origin in", async () => {
      const { url, server } = await network.serve(app);
      const ws = await connect(server, "/test/ws/", { headers: { Origin: url } });
      expect(await ws.recv()).to.equal("Hello!");
      await ws.close();
    });

    it("serves plain HTTP beside open WebSockets", async () => {
      const server = await network.serve(app);
      const [worker] = await startGame(server, 1);
      expect(await request(server.url).get("/")).to.include({ status: 200 });
      worker?.send("0 0 0 1");
      expect(await worker?.next()).to.equal("0 0 0 1");
    });
  });

  it("works within another app, under a path and behind its middleware", async () => {
    const lines: string[] = [];
    const stream = { write: (line: string) => lines.push(line.trim()) };
    const outer = express().use(morgan(":method :url :status", { stream })).use("/demo", createApp());
    const ws = await connect(outer, "/demo/test/ws/");
    expect(await ws.recv()).to.equal("Hello!");
    await ws.close();
    await untilTrue(() => lines.length > 0);
    expect(lines).to.deep.equal(["GET /demo/test/ws/ 101"]);
  });

  it("has a chat where it is given a log, and none where it is not", async () => {
    const one = await joinChat(await network.serve(app), "lobby", "ann");
    await one.ack("1", "Hello");
    const server = await network.serve(createApp());
    expect((await request(server.url).get("/chat/")).status).to.equal(404);
    expect((await request(server.url).get("/chat/lobby/messages/")).status).to.equal(404);
  });

  it("gives each app a Game of Life of its own", async () => {
    const [one, two] = [await network.serve(createApp()), await network.serve(createApp())];
    await startGame(one, 2);
    await startGame(two, 1);
  });

  /** Sends a handshake by hand; gives the answer to it. */
  async function shake(url: string) {
    const { port } = await network.serve(app);
    const raw = await network.dial(port);
    raw.write(handshakeText(url));
    return readResponse(raw);
  }

  /** What the app answers to a handshake instead of a 101. */
  async function refusal(url: string, headers: Record<string, string> = {}): Promise<HttpResponse> {
    const error = await rejection(connect(app, url, { headers }));
    if (error instanceof UnexpectedResponse) return error.response;
    throw error;
  }
});
