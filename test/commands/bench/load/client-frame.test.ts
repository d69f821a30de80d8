import { expect } from "chai";
import { clientFrame, pongFrame } from "../../../../commands/bench/load/client-frame.ts";
import type { Message } from "../../../../middleware/index.ts";
import { deferred } from "../../../support/deferred.ts";
import { useNetwork } from "../../../support/use-network.ts";

describe("clientFrame", () => {
  const network = useNetwork();

  for (const text of ["", "Spam", "Ünïcödé", "x".repeat(125)]) {
    it(`is read by a server as ${text.length} characters of text`, async () => {
      const received = deferred<Message>();
      const { port } = await network.serveView(async (ws) => received.resolve(await ws.recv()));
      (await network.shake(port)).write(clientFrame(text));
      expect(await received.promise).to.equal(text);
    });
  }

  it("has no zero in its mask", () => {
    for (let i = 0; i < 1000; i++) expect([...clientFrame("").subarray(2)]).not.to.include(0);
  });

  it("refuses a text of more than 125 bytes", () => {
    expect(() => clientFrame("x".repeat(126))).to.throw(RangeError, "A text of 126 bytes is too long");
  });
});

describe("pongFrame", () => {
  const network = useNetwork();

  it("answers a ping", async () => {
    const pinged = deferred<number>();
    const { port } = await network.serveView(async (ws) => pinged.resolve(await ws.ping()));
    const socket = await network.shake(port);
    socket.write(pongFrame(Buffer.from("1")));
    expect(await pinged.promise).to.be.at.least(0);
  });
});
