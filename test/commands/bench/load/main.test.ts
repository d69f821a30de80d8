import { join } from "node:path";
import { expect } from "chai";
import { type Child, numberIn, startChild } from "../../../../commands/bench/child.ts";
import { websocket } from "../../../../middleware/index.ts";
import { ROOT } from "../../../support/imports.ts";
import { quietApp } from "../../../support/quiet-app.ts";
import { rejection } from "../../../support/rejection.ts";
import { useNetwork } from "../../../support/use-network.ts";

describe("the load's process", () => {
  const network = useNetwork();
  let load: Child;

  beforeEach(() => {
    load = startChild("The load", [process.execPath, join(ROOT, "dist/commands/bench/load/main.js")]);
  });

  afterEach(() => load.end());

  it("obeys orders, and answers with what it has done", async () => {
    const app = quietApp().get(
      "/echo/bob",
      websocket(async (ws) => {
        for await (const message of ws) await ws.send(message);
      }),
    );
    const { port } = await network.serve(app);
    await load.ask({ do: "target", port, dialect: "plain", request: "echo" });
    expect(numberIn(await load.ask({ do: "open", clients: 7 }), "operations")).to.equal(7);
    const echoes = await load.ask({ do: "echo", depth: 2, amount: { operations: 14 } });
    expect(numberIn(echoes, "operations")).to.be.at.least(14);
    expect(numberIn(echoes, "seconds")).to.be.above(0);
  });

  for (const [order, why] of [
    [{ do: "open", clients: 1 }, "The load has no target yet"],
    [{ do: "dance" }, 'There is no such order: {"do":"dance"}'],
  ] as const) {
    it(`says why it cannot ${order.do}`, async () => {
      expect(await rejection(load.ask(order))).to.have.property("message", `The load failed: ${why}`);
    });
  }
});
