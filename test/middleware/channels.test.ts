import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { expect } from "chai";
import type { CloseMessage, OpenMessage } from "../../middleware/channels.ts";
import type { Connection } from "../../middleware/connection.ts";
import type { TestServer } from "../support/server.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

const OPEN = "express-c10k:open";
const CLOSE = "express-c10k:close";

describe("the channels of diagnostics", () => {
  const network = useNetwork();
  let opened: OpenMessage[];
  let closed: CloseMessage[];
  let connections: Connection[];

  const onOpen = (message: unknown) => opened.push(message as OpenMessage);
  const onClose = (message: unknown) => closed.push(message as CloseMessage);

  beforeEach(() => {
    opened = [];
    closed = [];
    connections = [];
  });

  afterEach(() => {
    unsubscribe(OPEN, onOpen);
    unsubscribe(CLOSE, onClose);
  });

  function serve(): Promise<TestServer> {
    return network.serveView(async (ws) => {
      connections.push(ws);
      for await (const message of ws) await ws.send(message);
    });
  }

  it("tell of a connection that is open, before its handler has it, and of its end", async () => {
    subscribe(OPEN, onOpen);
    subscribe(CLOSE, onClose);
    const server = await serve();
    const peer = await network.open(`${server.wsUrl}/?a=b`);
    await untilTrue(() => connections.length === 1);
    const [open] = opened;
    expect(open).to.include({ server: server.server, view: "/", connection: connections[0] });
    expect(open?.request.url).to.equal("/?a=b");
    expect(closed).to.deep.equal([]);
    peer.ws.send("spam");
    await peer.next();
    peer.ws.close(4000, "bye");
    await untilTrue(() => closed.length === 1);
    const [close] = closed;
    expect(close).to.include({ server: server.server, view: "/", connection: connections[0] });
    expect(close?.summary).to.deep.include({
      request: "GET /?a=b",
      code: 4000,
      reason: "bye",
      received: { messages: 1, bytes: 4 },
      sent: { messages: 1, bytes: 4 },
    });
    expect(close?.summary.duration).to.be.above(0);
    expect(close).to.not.have.property("request");
  });

  it("tell each end to who hears only of ends", async () => {
    subscribe(CLOSE, onClose);
    const server = await serve();
    for (let i = 0; i < 3; i++) (await network.open(server.wsUrl)).ws.terminate();
    await untilTrue(() => closed.length === 3);
    expect(closed.map(({ summary }) => summary.code)).to.deep.equal([1006, 1006, 1006]);
  });

  it("say nothing of the end of a connection that nobody heard open", async () => {
    const server = await serve();
    const early = await network.open(server.wsUrl);
    await untilTrue(() => connections.length === 1);
    subscribe(CLOSE, onClose);
    const late = await network.open(server.wsUrl);
    early.ws.close(4001);
    await connections[0]?.closed;
    late.ws.close(4002);
    await untilTrue(() => closed.length === 1);
    expect(closed[0]?.summary.code).to.equal(4002);
  });

  it("say nothing to those who have unsubscribed", async () => {
    subscribe(OPEN, onOpen);
    unsubscribe(OPEN, onOpen);
    const server = await serve();
    await network.open(server.wsUrl);
    await untilTrue(() => connections.length === 1);
    expect(opened).to.deep.equal([]);
  });

  it("say nothing of connections that this process has as a client", async () => {
    subscribe(OPEN, onOpen);
    const server = await serve();
    await network.connect(server.wsUrl);
    await untilTrue(() => connections.length === 1);
    expect(opened).to.have.length(1);
  });
});
