import { expect } from "chai";
import { ConnectionClosedError } from "../../middleware/errors.ts";
import { Pings } from "../../middleware/pings.ts";
import { rejection } from "../support/rejection.ts";

describe("Pings", () => {
  it("gives each ping a payload of its own, short enough for a control frame", () => {
    const pings = new Pings();
    const payloads = Array.from({ length: 100 }, () => pings.begin().payload);
    expect(new Set(payloads).size).to.equal(100);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).to.be.within(1, 125);
  });

  it("resolves with the milliseconds until the pong", async () => {
    const pings = new Pings();
    const startedAt = performance.now();
    const { payload, pong } = pings.begin();
    pings.pong(payload);
    expect(await pong).to.be.within(0, performance.now() - startedAt);
  });

  it("takes a pong for the answer to every earlier ping too (RFC 6455 §5.5.3)", async () => {
    const pings = new Pings();
    const [first, second, third] = [pings.begin(), pings.begin(), pings.begin()];
    pings.pong(second.payload);
    await Promise.all([first.pong, second.pong]);
    expect(await Promise.race([third.pong, "waiting"])).to.equal("waiting");
  });

  it("ignores a pong that answers none of its pings", async () => {
    const pings = new Pings();
    const { payload, pong } = pings.begin();
    for (const unsolicited of ["", "x", "0", "2", "-1", "NaN", "Infinity"]) pings.pong(unsolicited);
    expect(await Promise.race([pong, "waiting"])).to.equal("waiting");
    pings.pong(payload);
    pings.pong(payload);
    await pong;
  });

  it("rejects those that wait at the end, awaited or not", async () => {
    const pings = new Pings();
    const error = new ConnectionClosedError(1006, "");
    const { pong } = pings.begin();
    pings.begin();
    pings.end(error);
    expect(await rejection(pong)).to.equal(error);
  });
});
