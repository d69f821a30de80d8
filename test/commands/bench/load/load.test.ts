import { expect } from "chai";
import { DIALECTS, type Request } from "../../../../commands/bench/load/dialect.ts";
import { createLoad, type Load } from "../../../../commands/bench/load/load.ts";
import { broadcast, type Connection, type Handler, websocket } from "../../../../middleware/index.ts";
import { quietApp } from "../../../support/quiet-app.ts";
import { rejection } from "../../../support/rejection.ts";
import { useNetwork } from "../../../support/use-network.ts";

describe("a load", () => {
  const network = useNetwork();

  /** A load on a server that does this for each connection. */
  async function loadOn(handler: Handler, request: Request = "echo"): Promise<Load> {
    const { port } = await network.serve(quietApp().get("/:request/bob", websocket(handler)));
    return createLoad({ port, dialect: DIALECTS.plain, request });
  }

  it("connects as many clients as it is asked to, more than shake hands at once", async () => {
    const open = new Set<Connection>();
    const load = await loadOn((ws) => {
      open.add(ws);
      return ws.closed;
    });
    expect((await load.open(300)).operations).to.equal(300);
    expect(open.size).to.equal(300);
    expect((await load.open(1)).operations).to.equal(1);
    expect(open.size).to.equal(301);
  });

  for (const [clients, depth] of [
    [1, 1],
    [10, 1],
    [10, 8],
  ] as const) {
    it(`counts just the echoes that the server sent, with ${depth} in flight of ${clients} clients`, async () => {
      let echoes = 0;
      const load = await loadOn(async (ws) => {
        for await (const message of ws) {
          expect(message).to.equal("x".repeat(32));
          await ws.send(message);
          echoes += 1;
        }
      });
      await load.open(clients);
      const first = (await load.echo(depth, { seconds: 0.01 })).operations;
      expect(first)
        .to.equal(echoes)
        .and.to.be.at.least(clients * depth);
      expect((await load.echo(depth, { seconds: 0 })).operations).to.equal(echoes - first);
    });
  }

  it("goes on by the count as well as by the clock, and waits for what is in flight", async () => {
    let echoes = 0;
    const load = await loadOn(async (ws) => {
      for await (const message of ws) {
        await ws.send(message);
        echoes += 1;
      }
    });
    await load.open(3);
    const { operations } = await load.echo(8, { operations: 100 });
    expect(operations)
      .to.equal(echoes)
      .and.to.be.within(100, 100 + 3 * 8);
  });

  it("asks for a burst when all clients have the one before", async () => {
    const everyone = new Set<Connection>();
    let asked = 0;
    const load = await loadOn(async (ws) => {
      everyone.add(ws);
      for await (const message of ws) {
        asked += 1;
        for (let i = 0; i < 3; i++) broadcast(everyone, message);
      }
    }, "burst");
    await load.open(5);
    const { operations } = await load.burst(3, { seconds: 0.01 });
    expect(operations).to.equal(asked * 3 * 5);
  });

  it("fails when it is refused, with the server's answer", async () => {
    const { port } = await network.serve(quietApp());
    const load = createLoad({ port, dialect: DIALECTS.plain, request: "echo" });
    expect(await rejection(load.open(2))).to.have.property(
      "message",
      "A client failed: the server answered HTTP/1.1 404 Not Found",
    );
  });

  it("fails when a connection ends, and does nothing afterwards", async () => {
    const load = await loadOn(async (ws) => {
      await ws.recv();
      ws.raw.terminate();
    });
    await load.open(1);
    const message = "A client failed: the server closed the connection";
    expect(await rejection(load.echo(1, { seconds: 0 }))).to.have.property("message", message);
    expect(await rejection(load.open(1))).to.have.property("message", message);
  });
});
