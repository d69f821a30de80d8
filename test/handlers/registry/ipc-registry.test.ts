import { expect } from "chai";
import { ipcRegistry } from "../../../handlers/registry/ipc-registry.ts";
import { tieToStore } from "../../../handlers/registry/ipc-store.ts";
import { memoryRegistry } from "../../../handlers/registry/memory-registry.ts";
import type { Change, Registry } from "../../../handlers/registry/registry.ts";
import { Store } from "../../../handlers/registry/store.ts";
import { useIpc } from "../../support/ipc-pair.ts";
import { describeRegistry } from "./describe-registry.ts";

describeRegistry("many processes with one primary", () => {
  const open: Registry[] = [];
  let store = new Store();

  beforeEach(() => {
    store = new Store();
  });

  afterEach(() => Promise.all(open.splice(0).map((registry) => registry.close())));

  const openPair = useIpc();

  return {
    async open() {
      const { worker, primary } = await openPair();
      tieToStore(store, primary);
      const registry = ipcRegistry(worker);
      open.push(registry);
      return registry;
    },
  };
});

describe("the primary's end of the registry", () => {
  const openPair = useIpc();

  it("takes back what a process held that has ended", async () => {
    const store = new Store();
    const { worker, primary, cut } = await openPair();
    const untie = tieToStore(store, primary);
    const registry = ipcRegistry(worker);
    await registry.enter("tea", "ann");
    await registry.follow("tea", () => {}).ready;
    const changes: Change[] = [];
    memoryRegistry(store).follow("tea", (change) => changes.push(change));
    cut();
    untie();
    expect(changes.map(({ type }) => type)).to.deep.equal(["all", "left"]);
    expect(await memoryRegistry(store).groups("", 10)).to.deep.equal([]);
  });
});
