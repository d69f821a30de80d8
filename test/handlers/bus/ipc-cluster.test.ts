import cluster, { type Worker } from "node:cluster";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Hub } from "../../../handlers/bus/hub.ts";
import { tieToHub } from "../../../handlers/bus/ipc-hub.ts";
import type { Order, Report } from "../../support/bus-process.ts";
import { until, untilTrue } from "../../support/until.ts";

/** A process of the cluster, and what it has told. */
interface Member {
  readonly worker: Worker;
  readonly pid: string;
  readonly heard: string[];
  /** Resolves when it has done so. */
  order(order: Order): Promise<void>;
}

describe("the bus of the processes of a cluster", () => {
  const members: Member[] = [];
  let hub = new Hub();

  before(() => {
    const exec = fileURLToPath(new URL("../../support/bus-process.ts", import.meta.url));
    cluster.setupPrimary({ exec, execArgv: ["--import", "tsx/esm"], args: [] });
  });

  beforeEach(async () => {
    hub = new Hub();
    members.push(...(await Promise.all([start(), start(), start()])));
  });

  afterEach(() => Promise.all(members.splice(0).map(kill)));

  async function start(): Promise<Member> {
    const worker = cluster.fork();
    const untie = tieToHub(hub, worker);
    worker.once("exit", untie);
    const heard: string[] = [];
    const done: string[] = [];
    worker.on("message", (report: Report) => {
      if ("did" in report) done.push(report.did);
      else if ("heard" in report) heard.push(report.heard);
    });
    await untilTrue(() => done.includes("start"));
    return {
      worker,
      pid: `${worker.process.pid}`,
      heard,
      async order(order) {
        const before = done.length;
        worker.send(order);
        await untilTrue(() => done.length > before);
      },
    };
  }

  async function kill({ worker }: Member): Promise<void> {
    if (worker.isDead()) return;
    const exited = until(worker, "exit");
    worker.process.kill("SIGKILL");
    await exited;
  }

  async function subscribeAll(): Promise<void> {
    await Promise.all(members.map((member) => member.order({ do: "subscribe", channel: "tea" })));
  }

  /** What a process says that publishes so many messages. */
  function said({ pid }: Member, count: number): string[] {
    return Array.from({ length: count }, (_, n) => `${pid} ${n}`);
  }

  it("carries all messages of each to all others, in order", async () => {
    await subscribeAll();
    await Promise.all(members.map((member) => member.order({ do: "publish", channel: "tea", count: 500 })));
    for (const member of members) {
      await untilTrue(() => member.heard.length >= 1000);
      for (const publisher of members) {
        const heard = member.heard.filter((message) => message.startsWith(`${publisher.pid} `));
        expect(heard).to.deep.equal(publisher === member ? [] : said(publisher, 500));
      }
    }
  });

  it("goes on without one that is killed while it hears and publishes, and with one in its place", async () => {
    await subscribeAll();
    const [one, dying, other] = members;
    if (!one || !dying || !other) return expect.fail();
    dying.worker.send({ do: "publish", channel: "tea", count: 100_000 } satisfies Order);
    const published = one.order({ do: "publish", channel: "tea", count: 2000 });
    await untilTrue(() => other.heard.length > 0);
    await kill(dying);
    const late = await start();
    members.push(late);
    await late.order({ do: "subscribe", channel: "tea" });
    await published;
    await other.order({ do: "publish", channel: "tea", count: 10 });
    await untilTrue(() => late.heard.includes(`${other.pid} 9`) && one.heard.includes(`${other.pid} 9`));
    const fromOne = () => other.heard.filter((message) => message.startsWith(`${one.pid} `));
    await untilTrue(() => fromOne().length >= 2000);
    expect(fromOne()).to.deep.equal(said(one, 2000));
    const fromDying = other.heard.filter((message) => message.startsWith(`${dying.pid} `));
    expect(fromDying).to.deep.equal(said(dying, fromDying.length));
  });

  it("does not keep all there is for one that hangs, and tells it so when it reads again", async () => {
    await subscribeAll();
    const [one, hanging, other] = members;
    if (!one || !hanging || !other) return expect.fail();
    hanging.worker.process.kill("SIGSTOP");
    for (let n = 1; n <= 30; n++) {
      await one.order({ do: "publish", channel: "tea", count: 1, padding: 1_000_000 });
      await untilTrue(() => other.heard.length === n);
    }
    hanging.worker.process.kill("SIGCONT");
    await untilTrue(() => hanging.heard.includes("missed"));
    await one.order({ do: "publish", channel: "tea", count: 2 });
    await untilTrue(() => hanging.heard.includes(`${one.pid} 1`) && other.heard.length === 32);
    const gap = hanging.heard.indexOf("missed");
    expect(gap).to.be.within(15, 25);
    expect(hanging.heard.slice(0, gap)).to.deep.equal(other.heard.slice(0, gap));
    expect(hanging.heard.slice(gap + 1)).to.deep.equal([`${one.pid} 0`, `${one.pid} 1`]);
  });

  it("is left by one that closes it, and by one that ends", async () => {
    await subscribeAll();
    for (const member of members) await member.order({ do: "close" });
    expect(hub.channels).to.deep.equal([]);
    const late = await start();
    members.push(late);
    await late.order({ do: "subscribe", channel: "tea" });
    expect(hub.channels).to.deep.equal(["tea"]);
    await kill(late);
    expect(hub.channels).to.deep.equal([]);
  });
});
