import { expect } from "chai";
import { Outgoing, Refused } from "../../../commands/chat/outgoing.ts";
import type { MemberFrame } from "../../../handlers/chat/protocol.ts";
import { rejection } from "../../support/rejection.ts";
import { untilTrue } from "../../support/until.ts";

describe("Outgoing", () => {
  let outgoing: Outgoing;
  let sent: string[];

  function send(frame: MemberFrame): void {
    if (frame.type === "message") sent.push(frame.ref);
  }

  beforeEach(() => {
    outgoing = new Outgoing();
    sent = [];
  });

  it("sends one after the other, each when the one before has its answer", async () => {
    outgoing.start(send);
    const first = outgoing.add("a", "one");
    const second = outgoing.add("b", "two");
    expect(sent).to.deep.equal(["a"]);
    outgoing.kept("a", "1");
    expect(await first).to.equal("1");
    expect(sent).to.deep.equal(["a", "b"]);
    outgoing.kept("b", "2");
    expect(await second).to.equal("2");
    expect(outgoing.size).to.equal(0);
  });

  it("keeps what is said without a connection, and begins anew with what got no answer", () => {
    void outgoing.add("a", "one");
    void outgoing.add("b", "two");
    expect(sent).to.deep.equal([]);
    outgoing.start(send);
    outgoing.stop();
    outgoing.start(send);
    expect(sent).to.deep.equal(["a", "a"]);
  });

  it("sends again after a flood, once the wait is over, and nothing before", async () => {
    outgoing.start(send);
    void outgoing.add("a", "one");
    outgoing.refused({ type: "error", code: "flood", message: "", ref: "a", wait: 1 });
    void outgoing.add("b", "two");
    expect(sent).to.deep.equal(["a"]);
    await untilTrue(() => sent.length > 1);
    expect(sent).to.deep.equal(["a", "a"]);
  });

  it("gives up what the server does not take, and goes on with the next", async () => {
    outgoing.start(send);
    const first = outgoing.add("a", "");
    void outgoing.add("b", "two");
    outgoing.refused({ type: "error", code: "empty", message: "Nothing in it", ref: "a" });
    expect(await rejection(first))
      .to.be.instanceOf(Refused)
      .with.property("message", "Nothing in it");
    expect(sent).to.deep.equal(["a", "b"]);
  });

  it("passes over answers to what is not under way", () => {
    outgoing.start(send);
    void outgoing.add("a", "one");
    outgoing.kept("z", "9");
    outgoing.refused({ type: "error", code: "invalid", message: "" });
    outgoing.refused({ type: "error", code: "invalid", message: "", ref: "z" });
    expect(outgoing.size).to.equal(1);
  });

  it("is idle when all has its answer", async () => {
    await outgoing.idle();
    outgoing.start(send);
    void outgoing.add("a", "one");
    const idle = outgoing.idle();
    outgoing.kept("a", "1");
    await idle;
  });

  it("rejects all, and is idle, once there is no connection to come", async () => {
    const waiting = outgoing.add("a", "one");
    const idle = outgoing.idle();
    outgoing.end(new Error("Over"));
    await idle;
    expect(String(await rejection(waiting))).to.equal("Error: Over");
    expect(String(await rejection(outgoing.add("b", "two")))).to.equal("Error: Over");
  });
});
