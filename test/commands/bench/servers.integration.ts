import { expect } from "chai";
import { io, type Socket } from "socket.io-client";
import { BURST } from "../../../commands/bench/burst.ts";
import { type Child, numberIn, startChild } from "../../../commands/bench/child.ts";
import { DIALECTS, type Request } from "../../../commands/bench/load/dialect.ts";
import { createLoad } from "../../../commands/bench/load/load.ts";
import { findPeer, PEERS, type Peer } from "../../../commands/bench/peers.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

/** Twenty texts of one client, which are echoed in their order. */
const TEXTS = Array.from({ length: 20 }, (_, index) => `Spam ${index}`);

describe("the servers of the bench", () => {
  const network = useNetwork();
  let server: Child | undefined;

  afterEach(async () => {
    await server?.end();
    server = undefined;
  });

  /** Starts the server of a peer; gives its port. Without the peer's package the test is skipped. */
  async function start(test: Mocha.Context, peer: Peer): Promise<number> {
    const found = findPeer(peer);
    if (!found) return test.skip();
    server = startChild(peer.name, found.command);
    return numberIn(await server.answer(), "port");
  }

  for (const peer of PEERS) {
    const dialect = DIALECTS[peer.dialect ?? "plain"];

    it(`tell what they have used: ${peer.name}`, async function () {
      await start(this, peer);
      const usage = await server?.ask({});
      expect(numberIn(usage, "cpu")).to.be.above(0);
      expect(numberIn(usage, "rss")).to.be.above(1e6);
    });

    for (const request of ["echo", "burst"] as const) {
      it(`understand the load's clients: ${request} of ${peer.name}`, async function () {
        const load = createLoad({ port: await start(this, peer), dialect, request });
        await load.open(10);
        const { operations } = await (request === "echo"
          ? load.echo(8, { operations: 80 })
          : load.burst(BURST, { operations: 100 }));
        expect(operations % (request === "echo" ? 1 : 10 * BURST)).to.equal(0);
        expect(operations).to.be.at.least(80);
      });
    }
  }

  for (const peer of PEERS.filter(({ dialect }) => dialect === undefined)) {
    const open = (port: number, request: Request) =>
      network.open(`ws://127.0.0.1:${port}${DIALECTS.plain.path(request)}`, { perMessageDeflate: true });

    it(`echo text as text, in order, uncompressed: ${peer.name}`, async function () {
      const client = await open(await start(this, peer), "echo");
      for (const text of TEXTS) client.ws.send(text);
      expect(await client.take(TEXTS.length)).to.deep.equal(TEXTS);
      expect(client.ws.extensions).to.equal("");
    });

    it(`send bursts to everybody: ${peer.name}`, async function () {
      const port = await start(this, peer);
      const clients = [await open(port, "burst"), await open(port, "burst")];
      clients[0]?.ws.send("Spam");
      for (const client of clients) expect(await client.take(BURST)).to.deep.equal(Array(BURST).fill("Spam"));
    });
  }

  describe("with Socket.IO's own client", () => {
    const clients: Socket[] = [];

    afterEach(() => {
      for (const client of clients.splice(0)) client.disconnect();
    });

    async function open(port: number, request: Request): Promise<string[]> {
      const client = io(`http://127.0.0.1:${port}`, { transports: ["websocket"] });
      const heard: string[] = [];
      client.on(request, (text: string) => heard.push(text));
      await new Promise<void>((resolve) => client.once("connect", resolve));
      clients.push(client);
      return heard;
    }

    const peer = PEERS.find(({ name }) => name === "socket.io");
    if (!peer) throw new Error("Socket.IO is no peer");

    it("echo events in order", async function () {
      const heard = await open(await start(this, peer), "echo");
      for (const text of TEXTS) clients[0]?.emit("echo", text);
      await untilTrue(() => heard.length >= TEXTS.length);
      expect(heard).to.deep.equal(TEXTS);
    });

    it("send bursts to everybody", async function () {
      const port = await start(this, peer);
      const all = [await open(port, "burst"), await open(port, "burst")];
      clients[0]?.emit("burst", "Spam");
      await untilTrue(() => all.every((heard) => heard.length >= BURST));
      expect(all).to.deep.equal(Array(2).fill(Array(BURST).fill("Spam")));
    });
  });
});
