import { expect } from "chai";
import type { WebSocket } from "ws";
import type { Connection } from "../../middleware/connection.ts";

/**
 * Checked by the compiler, where `@types/ws` is installed. What is left of the type without it is shown by the package's
 * tests.
 */
describe("the type of raw", () => {
  it("is the WebSocket of ws, which others take", () => {
    function use(ws: Connection): WebSocket {
      ws.raw.on("close", (code, reason) => code.toFixed() + reason.toString("utf8"));
      ws.raw.send("text", { compress: false });
      // @ts-expect-error there is no such method
      ws.raw.nothing();
      return ws.raw;
    }
    expect(use).to.be.a("function");
  });
});
