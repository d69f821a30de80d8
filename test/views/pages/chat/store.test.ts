import { expect } from "chai";
import { createStore } from "../../../../views/pages/chat/store.ts";
import { memoryStorage } from "../../../support/memory-storage.ts";

describe("createStore", () => {
  it("keeps what the next page finds", () => {
    const storage = memoryStorage();
    createStore(() => storage).set("chat:a", "1");
    const store = createStore(() => storage);
    expect(store.get("chat:a")).to.equal("1");
    expect(store.get("chat:b")).to.equal(undefined);
    store.delete("chat:a");
    expect(createStore(() => storage).get("chat:a")).to.equal(undefined);
  });

  it("names what begins alike", () => {
    const store = createStore(() => memoryStorage());
    for (const name of ["a:1", "a:2", "b:1"]) store.set(name, "x");
    expect(store.names("a:")).to.deep.equal(["a:1", "a:2"]);
  });

  it("keeps in memory what a full storage does not take", () => {
    const storage = memoryStorage(0);
    const store = createStore(() => storage);
    store.set("a:1", "x");
    expect(store.get("a:1")).to.equal("x");
    expect(store.names("a:")).to.deep.equal(["a:1"]);
    store.delete("a:1");
    expect(store.names("a:")).to.deep.equal([]);
  });

  it("works where the browser forbids to name its storage", () => {
    const store = createStore(() => {
      throw new DOMException("Forbidden", "SecurityError");
    });
    store.set("a:1", "x");
    expect(store.get("a:1")).to.equal("x");
  });
});
