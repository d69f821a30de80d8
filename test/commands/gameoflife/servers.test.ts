import { createServer } from "node:http";
import { expect } from "chai";
import { WebSocketServer } from "ws";
import { CommandError } from "../../../commands/errors.ts";
import { connectTo, findServers, lookupOf } from "../../../commands/gameoflife/servers.ts";
import type { Connection } from "../../../middleware/connection.ts";
import { rejection } from "../../support/rejection.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { until } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

const OPTIONS = { atOnce: 8, protocols: [] };

/** Connects, again and again until it does. */
async function connectAtLast(connect: () => Promise<Connection>): Promise<Connection> {
  const deadline = performance.now() + TIMEOUT;
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

describe("servers of a game", () => {
  const network = useNetwork();

  /** A port that nobody listens at. */
  async function freePort(): Promise<number> {
    const server = createServer();
    const port = await network.listen(server);
    server.close();
    await until(server, "close");
    return port;
  }

  it("are played without those that are not there, of which it tells", async () => {
    const [port, free] = [await network.listen(createServer()), await freePort()];
    const told: string[] = [];
    const urls = [`ws://127.0.0.1:${port}`, `ws://127.0.0.1:${free}`];
    const servers = await findServers(urls, (line) => told.push(line));
    expect(servers).to.deep.equal([
      { url: urls[0], address: "127.0.0.1" },
      { url: urls[1], address: undefined },
    ]);
    expect(servers.map((server) => typeof lookupOf(server))).to.deep.equal(["function", "undefined"]);
    expect(told).to.have.lengthOf(1);
    expect(told[0]).to.match(new RegExp(`^No server at ${urls[1]}: [^\n]+$`));
  });

  it("are not played where none is there", async () => {
    const url = `ws://127.0.0.1:${await freePort()}`;
    const error = await rejection(findServers([url, url], () => expect.fail("It tells something")));
    expect(error).to.be.an.instanceOf(CommandError);
  });

  it("are taken in turn", async () => {
    const hosts: (string | undefined)[] = [];
    const ports = await Promise.all(
      [0, 1].map(async () => {
        const server = createServer();
        new WebSocketServer({ server }).on("connection", (_ws, { headers }) => hosts.push(headers.host));
        return network.listen(server);
      }),
    );
    const servers = ports.map((port) => ({ url: `ws://127.0.0.1:${port}`, address: "127.0.0.1" }));
    const connect = connectTo(servers, (base) => base, OPTIONS);
    for (const number of [0, 1, 2]) (await connect(number)).raw.terminate();
    expect(hosts).to.deep.equal([ports[0], ports[1], ports[0]].map((port) => `127.0.0.1:${port}`));
  });

  it("are found again that are at another address of their name by now", async () => {
    const server = createServer();
    new WebSocketServer({ server });
    await until(server.listen(0, "127.0.0.1"), "listening");
    const port = await network.listen(server);
    // Where it was: nobody listens there any more.
    const moved = { url: `ws://localhost:${port}`, address: "127.0.0.2" };
    const connect = connectTo([moved], (base) => base, OPTIONS);
    expect(await rejection(connect(0))).to.have.property("code", "ECONNREFUSED");
    (await connectAtLast(() => connect(0))).raw.terminate();
  });
});
