import { expect } from "chai";
import type { Bus } from "../../../handlers/bus/bus.ts";
import { Hub } from "../../../handlers/bus/hub.ts";
import { ipcBus } from "../../../handlers/bus/ipc-bus.ts";
import { tieToHub } from "../../../handlers/bus/ipc-hub.ts";
import { useIpc } from "../../support/ipc-pair.ts";
import { untilTrue } from "../../support/until.ts";
import { describeBus } from "./describe-bus.ts";

describeBus("many processes with one primary", () => {
  const open: Bus[] = [];
  let hub = new Hub();

  beforeEach(() => {
    hub = new Hub();
  });

  afterEach(() => Promise.all(open.splice(0).map((bus) => bus.close())));

  const openPair = useIpc();

  return {
    async open() {
      const { worker, primary } = await openPair();
      tieToHub(hub, primary);
      const bus = ipcBus(worker);
      open.push(bus);
      return bus;
    },
  };
});

describe("the primary's end of the bus", () => {
  const openPair = useIpc();

  it("forgets a process that has ended", async () => {
    const hub = new Hub();
    const { worker, primary, cut } = await openPair();
    const untie = tieToHub(hub, primary);
    const bus = ipcBus(worker);
    await bus.subscribe("tea", { hear: () => expect.fail() }).ready;
    expect(hub.channels).to.deep.equal(["tea"]);
    cut();
    untie();
    expect(hub.channels).to.deep.equal([]);
  });

  it("is asked for a channel only while somebody hears it", async () => {
    const hub = new Hub();
    const { worker, primary } = await openPair();
    tieToHub(hub, primary);
    const bus = ipcBus(worker);
    const [one, two] = [bus.subscribe("tea", { hear() {} }), bus.subscribe("tea", { hear() {} })];
    await Promise.all([one.ready, two.ready]);
    one.end();
    await bus.subscribe("other", { hear() {} }).ready;
    expect(hub.channels).to.deep.equal(["tea", "other"]);
    two.end();
    await untilTrue(() => hub.channels.length === 1);
    await bus.close();
    expect(hub.channels).to.deep.equal([]);
  });

  it("lets a process close its bus though the primary has gone", async () => {
    const { worker, primary, cut } = await openPair();
    tieToHub(new Hub(), primary);
    const bus = ipcBus(worker);
    await bus.subscribe("tea", { hear() {} }).ready;
    cut();
    await bus.close();
    expect(bus.available).to.equal(false);
  });
});
