import { memoryRegistry } from "../../../handlers/registry/memory-registry.ts";
import type { Registry } from "../../../handlers/registry/registry.ts";
import { Store } from "../../../handlers/registry/store.ts";
import { describeRegistry } from "./describe-registry.ts";

describeRegistry("memory", () => {
  const open: Registry[] = [];
  let store = new Store();

  beforeEach(() => {
    store = new Store();
  });

  afterEach(() => Promise.all(open.splice(0).map((registry) => registry.close())));

  return {
    async open() {
      const registry = memoryRegistry(store);
      open.push(registry);
      return registry;
    },
  };
});
