import { EventEmitter } from "node:events";
import { expect } from "chai";
import { WebSocketError, websocket } from "../../../middleware/index.ts";
import { connect } from "../../../middleware/testing.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";

describe("docs/guide/testing.md", () => {
  const page = usePage("docs/guide/testing.md", {
    names: {
      connect: 'typeof import("express-c10k/testing")["connect"]',
      room: 'import("node:events").EventEmitter',
    },
  });
  const tests = page.block("Testing", 1);
  const leaving = page.block("Testing", 2);

  it("has tests that pass", async () => {
    const { stdout, code } = await (await tests.start()).outcome;
    expect(stdout)
      .to.match(/pass 2\b/)
      .and.to.match(/fail 0\b/);
    expect(code).to.equal(0);
  });

  it("waits for what a handler does last", async () => {
    const room = new EventEmitter();
    const app = quietApp().get(
      "/room",
      websocket(async (ws) => {
        await ws.closed;
        setImmediate(() => room.emit("left"));
      }),
    );
    await leaving.run({ app, connect, room });
  });

  it("tells how a view has closed", async () => {
    const app = quietApp().get(
      "/",
      websocket(() => {
        throw new WebSocketError(1008, "yes or no");
      }),
    );
    expect(await (await connect(app)).closed).to.deep.equal({ code: 1008, reason: "yes or no" });
  });
});
