import { expect } from "chai";
import type { RequestHandler } from "express";
import session, { MemoryStore } from "express-session";
import { websocket } from "../../middleware/index.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { createGate } from "../support/gate.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, frame, readClose, readText, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

/** More messages than wait for `recv()` before the socket is paused, of more bytes than a socket gives at once. */
const MESSAGES = Array.from({ length: 100 }, (_, index) => `${index} `.repeat(1000));

describe("a client that does not wait for the 101", () => {
  const network = useNetwork();

  const frames = MESSAGES.map((text) => frame(TEXT, text));

  /** A server that sends back what it receives, behind a middleware. */
  async function echoBehind(middleware: RequestHandler) {
    const app = quietApp().use(middleware);
    app.get("/", websocket(echo));
    const { port } = await network.serve(app);
    return network.dial(port);
  }

  async function expectEcho(raw: Awaited<ReturnType<typeof echoBehind>>) {
    expect((await readResponse(raw)).status).to.equal(101);
    for (const text of MESSAGES) expect(await readText(raw)).to.equal(text);
    raw.write(closeFrame(1000));
    expect((await readClose(raw)).code).to.equal(1000);
  }

  it("loses nothing that it sends with its handshake", async () => {
    const raw = await echoBehind((_req, _res, next) => next());
    raw.write(handshakeText(), ...frames);
    await expectEcho(raw);
  });

  it("loses nothing that it sends while middleware awaits", async () => {
    const gate = createGate();
    const raw = await echoBehind(gate.pass);
    raw.write(handshakeText(), ...frames.slice(0, 30));
    await gate.arrived;
    for (const early of frames.slice(30)) raw.write(early);
    gate.open();
    await expectEcho(raw);
  });

  it("loses nothing of a frame that is cut in two by the 101", async () => {
    const gate = createGate();
    const raw = await echoBehind(gate.pass);
    const [first = Buffer.alloc(0), ...rest] = frames;
    raw.write(handshakeText(), first.subarray(0, 3));
    await gate.arrived;
    gate.open();
    expect(await raw.readUntil("\r\n\r\n")).to.match(/^HTTP\/1\.1 101 /);
    raw.write(first.subarray(3), ...rest);
    for (const text of MESSAGES) expect(await readText(raw)).to.equal(text);
  });

  it("loses nothing right after the 101, before the handler first asks", async () => {
    const [opened, released] = [deferred(), deferred()];
    const { wsUrl } = await network.serveView(async (ws) => {
      opened.resolve();
      await released.promise;
      for await (const message of ws) await ws.send(message);
    });
    const client = await network.open(wsUrl);
    await opened.promise;
    for (const text of MESSAGES) client.ws.send(text);
    released.resolve();
    expect(await client.take(MESSAGES.length)).to.deep.equal(MESSAGES);
  });

  it("loses nothing while a session is loaded and stored", async () => {
    const store = new MemoryStore();
    const raw = await echoBehind(session({ secret: "secret", resave: true, saveUninitialized: true, store }));
    raw.write(handshakeText(), ...frames);
    await expectEcho(raw);
  });

  it("may close with its handshake: its messages are handled first", async () => {
    const handled: unknown[] = [];
    const { port } = await network.serveView(async (ws) => {
      for await (const message of ws) handled.push(message);
    });
    const raw = await network.dial(port);
    raw.write(handshakeText(), ...frames, closeFrame(1000));
    expect((await readResponse(raw)).status).to.equal(101);
    expect((await readClose(raw)).code).to.equal(1000);
    expect(handled).to.deep.equal(MESSAGES);
  });
});
