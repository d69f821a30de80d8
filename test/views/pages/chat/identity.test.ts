import { expect } from "chai";
import { createIdentity, randomId } from "../../../../views/pages/chat/identity.ts";
import { createStore } from "../../../../views/pages/chat/store.ts";
import { memoryStorage } from "../../../support/memory-storage.ts";

describe("createIdentity", () => {
  it("has no nick at first, and then the last one", () => {
    const store = createStore(() => memoryStorage());
    const identity = createIdentity(store);
    expect(identity.nick).to.equal("");
    identity.nick = "Ann";
    expect(createIdentity(store).nick).to.equal("Ann");
  });

  it("makes one key, that lasts", () => {
    const store = createStore(() => memoryStorage());
    const { key } = createIdentity(store);
    expect(key).to.match(/^[0-9a-f]{32}$/);
    expect(createIdentity(store).key).to.equal(key);
  });
});

describe("randomId", () => {
  it("never says the same twice", () => {
    expect(new Set(Array.from({ length: 1_000 }, randomId)).size).to.equal(1_000);
  });
});
