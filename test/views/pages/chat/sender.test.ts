import { expect } from "chai";
import { createOutbox } from "../../../../views/pages/chat/room/outgoing.ts";
import { createSender } from "../../../../views/pages/chat/room/sender.ts";
import { createStore } from "../../../../views/pages/chat/store.ts";
import { memoryStorage } from "../../../support/memory-storage.ts";
import { LONG, SHORT } from "../../../support/timeouts.ts";
import { untilTrue } from "../../../support/until.ts";

describe("createSender", () => {
  function setUp(answerTimeout = LONG, linger = SHORT) {
    let count = 0;
    let stalls = 0;
    const store = createStore(() => memoryStorage());
    const outbox = createOutbox(store, "out:", () => `r${++count}`);
    const sent: string[] = [];
    const sender = createSender(outbox, {
      send: (frame) => sent.push(frame.type === "message" ? frame.ref : frame.type),
      onStall: () => {
        stalls += 1;
      },
      onChange() {},
      answerTimeout,
      linger,
    });
    const write = (...texts: string[]) => {
      for (const text of texts) outbox.add(text);
      sender.wake();
    };
    const states = () => outbox.messages.map(({ ref, state }) => `${ref} ${state}`);
    return { outbox, sender, sent, write, states, stalls: () => stalls };
  }

  afterEach(() => stop?.());
  let stop: (() => void) | undefined;

  function started(answerTimeout?: number, linger?: number) {
    const set = setUp(answerTimeout, linger);
    set.sender.start();
    stop = set.sender.stop;
    return set;
  }

  it("sends nothing before all that was missed has come", () => {
    const { sender, sent, write, states } = setUp();
    write("one", "two");
    expect(sent).to.deep.equal([]);
    sender.start();
    expect(sent).to.deep.equal(["r1"]);
    expect(states()).to.deep.equal(["r1 sent", "r2 waiting"]);
    sender.stop();
  });

  it("sends one after the other, in the order in which they were written", () => {
    const { sender, sent, write, states } = started();
    write("one", "two", "three");
    sender.kept("r1");
    sender.kept("r2");
    expect(sent).to.deep.equal(["r1", "r2", "r3"]);
    expect(states()).to.deep.equal(["r1 kept", "r2 kept", "r3 sent"]);
  });

  it("goes on when a message is in the room before its ack", () => {
    const { outbox, sender, sent, write } = started();
    write("one", "two");
    sender.heard("r1");
    sender.kept("r1");
    expect(sent).to.deep.equal(["r1", "r2"]);
    expect(outbox.messages).to.have.length(1);
  });

  it("sends again with the same ref what had no answer when the connection was lost", () => {
    const { sender, sent, write, states } = started();
    write("one", "two");
    sender.stop();
    expect(states()).to.deep.equal(["r1 waiting", "r2 waiting"]);
    sender.start();
    expect(sent).to.deep.equal(["r1", "r1"]);
  });

  it("does not send again what was in the room when it came back", () => {
    const { sender, sent, write } = started();
    write("one");
    sender.stop();
    sender.heard("r1");
    sender.start();
    expect(sent).to.deep.equal(["r1"]);
  });

  it("lets go of what was kept once the room has been heard again", () => {
    const { sender, write, states } = started();
    write("one");
    sender.kept("r1");
    sender.stop();
    sender.start();
    expect(states()).to.deep.equal([]);
  });

  it("lets go of what was kept and is not heard: it was said long ago", async () => {
    const { sender, write, states } = started(LONG, SHORT);
    write("one");
    sender.kept("r1");
    expect(states()).to.deep.equal(["r1 kept"]);
    await untilTrue(() => states().length === 0);
  });

  it("waits as long as the server says after too many, and then goes on by itself", async () => {
    const { sender, sent, write, states } = started();
    write("one", "two");
    sender.refused("r1", { code: "flood", message: "Too fast", wait: SHORT });
    sender.again("r1");
    sender.wake();
    expect(sent).to.deep.equal(["r1"]);
    expect(states()).to.deep.equal(["r1 waiting", "r2 waiting"]);
    await untilTrue(() => sent.length === 2);
    expect(sent).to.deep.equal(["r1", "r1"]);
  });

  it("tries again by itself what the server could not keep, and at once when asked to", () => {
    const { outbox, sender, sent, write } = started();
    write("one");
    sender.refused("r1", { code: "unavailable", message: "Not now" });
    expect(outbox.messages[0])
      .to.include({ state: "waiting" })
      .and.have.property("problem")
      .that.contains("again");
    sender.again("r1");
    expect(sent).to.deep.equal(["r1", "r1"]);
    expect(outbox.messages[0]).to.include({ state: "sent", problem: undefined });
  });

  it("keeps what was refused for its author to decide, and goes on with the next", () => {
    const { outbox, sender, sent, write, states } = started();
    write("one", "two");
    sender.refused("r1", { code: "too-long", message: "Too long" });
    expect(sent).to.deep.equal(["r1", "r2"]);
    expect(outbox.messages[0]).to.include({ state: "refused", problem: "Too long" });
    sender.kept("r2");
    sender.again("r1");
    expect(sent).to.deep.equal(["r1", "r2", "r1"]);
    sender.drop("r1");
    expect(states()).to.deep.equal(["r2 kept"]);
  });

  it("drops one that waits without a word, and does not hurry for it", () => {
    const { sender, sent, write, states } = started();
    write("one", "two");
    sender.drop("r2");
    expect(states()).to.deep.equal(["r1 sent"]);
    expect(sent).to.deep.equal(["r1"]);
  });

  it("gives the connection up when no answer comes", async () => {
    const { write, stalls } = started(SHORT);
    write("one");
    await untilTrue(() => stalls() === 1);
  });
});
