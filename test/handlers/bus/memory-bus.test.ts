import type { Bus } from "../../../handlers/bus/bus.ts";
import { Hub } from "../../../handlers/bus/hub.ts";
import { memoryBus } from "../../../handlers/bus/memory-bus.ts";
import { describeBus } from "./describe-bus.ts";

describeBus("memory", () => {
  const open: Bus[] = [];
  let hub = new Hub();

  beforeEach(() => {
    hub = new Hub();
  });

  afterEach(() => Promise.all(open.splice(0).map((bus) => bus.close())));

  return {
    async open() {
      const bus = memoryBus(hub);
      open.push(bus);
      return bus;
    },
  };
});
