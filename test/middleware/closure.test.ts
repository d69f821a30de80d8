import { expect } from "chai";
import { Closure } from "../../middleware/closure.ts";
import { ConnectionClosedError, ConnectionClosedOK } from "../../middleware/errors.ts";

describe("Closure", () => {
  it("gives the error to the first who closes, and to nobody else", () => {
    const closure = new Closure();
    expect(closure.error).to.equal(undefined);
    const error = closure.begin(1001, "Going away");
    expect(error).to.be.an.instanceOf(ConnectionClosedOK);
    expect(closure.begin(1008, "Too late")).to.equal(undefined);
    expect(closure.error).to.equal(error);
  });

  it("aborts its signal with the error, whether it was asked for before or after", () => {
    const [early, late] = [new Closure(), new Closure()];
    const { signal } = early;
    expect(signal.aborted).to.equal(false);
    early.begin(1008, "");
    late.begin(1008, "");
    for (const closure of [early, late]) {
      expect(closure.signal.aborted).to.equal(true);
      expect(closure.signal.reason).to.equal(closure.error);
    }
    expect(early.signal).to.equal(signal);
  });

  it("resolves closed with the event, whether it was asked for before or after", async () => {
    const closure = new Closure();
    const early = closure.closed;
    closure.begin(1000, "bye");
    closure.end(1000, "bye");
    expect(await early).to.deep.equal({ code: 1000, reason: "bye" });
    expect(await closure.closed).to.deep.equal({ code: 1000, reason: "bye" });
  });

  it("keeps the reason that this side gave where the peer echoes only the code", async () => {
    const closure = new Closure();
    closure.begin(4000, "Game over");
    closure.end(4000, "");
    expect(await closure.closed).to.deep.equal({ code: 4000, reason: "Game over" });
  });

  it("says 1006 where the peer never answered the close frame", async () => {
    const closure = new Closure();
    closure.begin(1000, "bye");
    closure.end(1006, "");
    expect(await closure.closed).to.deep.equal({ code: 1006, reason: "" });
  });

  it("says what this side objected to, where that ended the connection", async () => {
    const closure = new Closure();
    expect(closure.begin(1009, "")).to.be.an.instanceOf(ConnectionClosedError);
    closure.failed = true;
    closure.end(1006, "");
    expect(await closure.closed).to.deep.equal({ code: 1009, reason: "" });
  });
});
