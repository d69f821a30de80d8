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
    outbox.update("r1", { state: "sent" });
    expect(open().messages.map(({ ref, state }) => [ref, state])).to.deep.equal([
      ["r1", "waiting"],
      ["r2", "waiting"],
    ]);
  });

  it("leaves to the next page what was refused, and why, and nothing that is done", () => {
    const { outbox, open } = setUp();
    for (const text of ["one", "two", "three"]) outbox.add(text);
    outbox.update("r1", { state: "refused", problem: "Too long" });
    outbox.update("r2", { state: "kept" });
    outbox.remove("r3");
    expect(outbox.messages.map(({ ref }) => ref)).to.deep.equal(["r1", "r2"]);
    expect(open().messages.map(({ ref, state, problem }) => [ref, state, problem])).to.deep.equal([
      ["r1", "refused", "Too long"],
    ]);
  });

  it("tells whether it had what is taken out", () => {
    const { outbox } = setUp();
    outbox.add("one");
    expect(outbox.remove("r2")).to.equal(false);
    expect(outbox.remove("r1")).to.equal(true);
    expect(outbox.remove("r1")).to.equal(false);
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
