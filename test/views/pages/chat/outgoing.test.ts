import { expect } from "chai";
import { createOutbox } from "../../../../views/pages/chat/room/outgoing.ts";
import { createStore } from "../../../../views/pages/chat/store.ts";
import { memoryStorage } from "../../../support/memory-storage.ts";

describe("createOutbox", () => {
  const PREFIX = "chat:out:tea:";

  /** An outbox, and what the next page makes of what it has kept. */
  function setUp() {
    const store = createStore(() => memoryStorage());
    let count = 0;
    const open = () =>
      createOutbox(
        store,
        PREFIX,
        () => `r${++count}`,
        () => count,
      );
    return { store, open, outbox: open() };
  }

  it("keeps messages in the order in which they were written", () => {
    const { outbox } = setUp();
    outbox.add("one");
    outbox.add("two");
    expect(outbox.messages.map(({ ref, text, state }) => [ref, text, state])).to.deep.equal([
      ["r1", "one", "waiting"],
      ["r2", "two", "waiting"],
    ]);
  });

  it("survives the page, with the same refs, and sends again what had no answer", () => {
    const { outbox, open } = setUp();
    outbox.add("one");
    outbox.add("two");
    outbox.update("r1", { state: "sent", nicks: ["Ann"] });
    expect(open().messages.map(({ ref, state, nicks }) => [ref, state, nicks])).to.deep.equal([
      ["r1", "waiting", ["Ann"]],
      ["r2", "waiting", []],
    ]);
  });

  it("leaves to the next page what was refused, and why, and nothing that is done", () => {
    const { outbox, open } = setUp();
    for (const text of ["one", "two", "three", "four"]) outbox.add(text);
    outbox.update("r1", { state: "refused", problem: "Too long" });
    outbox.update("r2", { state: "kept" });
    outbox.remove("r3");
    outbox.update("r4", { nicks: ["Ann"] });
    outbox.seen("Ann", "r4");
    expect(outbox.messages.map(({ ref }) => ref)).to.deep.equal(["r1", "r2"]);
    expect(open().messages.map(({ ref, state, problem }) => [ref, state, problem])).to.deep.equal([
      ["r1", "refused", "Too long"],
    ]);
  });

  it("knows its own message in the room by the nick and the ref", () => {
    const { outbox } = setUp();
    outbox.add("one");
    expect(outbox.seen("Ann", "r1")).to.equal(false);
    outbox.update("r1", { nicks: ["Ann", "Ben"] });
    expect(outbox.seen("Cid", "r1")).to.equal(false);
    expect(outbox.seen("Ben", "r1")).to.equal(true);
    expect(outbox.seen("Ben", "r1")).to.equal(false);
    expect(outbox.messages).to.deep.equal([]);
  });

  it("does not bring back what was removed meanwhile", () => {
    const { outbox } = setUp();
    outbox.add("one");
    outbox.remove("r1");
    outbox.update("r1", { state: "waiting" });
    expect(outbox.messages).to.deep.equal([]);
  });

  it("takes from the browser nothing that is no message", () => {
    const { store, open } = setUp();
    for (const [index, value] of ["", "null", "[]", "{}", '{"ref":1}', '{"ref":"a","text":"b"}'].entries())
      store.set(`${PREFIX}${index}`, value);
    expect(open().messages).to.deep.equal([]);
  });
});
