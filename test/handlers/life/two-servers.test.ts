import { expect } from "chai";
import express from "express";
import { Hub } from "../../../handlers/bus/hub.ts";
import { memoryBus } from "../../../handlers/bus/memory-bus.ts";
import { STEPS_PROTOCOL } from "../../../handlers/life/steps-protocol.ts";
import { memoryRegistry } from "../../../handlers/registry/memory-registry.ts";
import { Store } from "../../../handlers/registry/store.ts";
import { life } from "../../../views/life.ts";
import { cellsOf, expectAll, openWatcher, resetGame } from "../../support/life-clients.ts";
import { openRecording, type RecordingClient, settle } from "../../support/recording-client.ts";
import type { TestServer } from "../../support/server.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

const CELLS = cellsOf(2);

describe("a game on two servers", () => {
  const network = useNetwork();
  let servers: [TestServer, TestServer];
  let notices: string[];

  beforeEach(async () => {
    const hub = new Hub();
    const store = new Store();
    notices = [];
    const serve = () => {
      const shared = { bus: memoryBus(hub), registry: memoryRegistry(store) };
      return network.serve(express().use(life(shared, (line) => notices.push(line.trim()))));
    };
    servers = [await serve(), await serve()];
  });

  /** Connects workers to one server and the other in turn. */
  function openWorkers(count: number): Promise<RecordingClient[]> {
    return Promise.all(
      Array.from({ length: count }, (_, n) => openRecording(`${servers[n % 2]?.wsUrl}/worker/`)),
    );
  }

  async function startGame(): Promise<RecordingClient[]> {
    await resetGame(servers[0], 2);
    const workers = await openWorkers(4);
    await expectAll(workers, "sub");
    for (const worker of workers) worker.send(...CELLS, "sub");
    await expectAll(workers, "run");
    return workers;
  }

  async function standing({ url }: TestServer) {
    return (await fetch(`${url}/game.json`)).json();
  }

  it("waits for all workers on both, and lets all run", async () => {
    await resetGame(servers[1], 2);
    const workers = await openWorkers(3);
    await settle(...workers);
    expect(workers.flatMap(({ history }) => history)).to.deep.equal([]);
    workers.push(...(await openWorkers(1)));
    await expectAll(workers, "sub");
    for (const worker of workers.slice(1)) worker.send("sub");
    await settle(...workers);
    expect(workers.map(({ history }) => history)).to.deep.equal(CELLS.map(() => ["sub"]));
    workers[0]?.send("sub");
    await expectAll(workers, "run");
  });

  it("gives notice of each of them once", async () => {
    await startGame();
    expect(notices).to.deep.equal(["4 workers connected", "4 workers subscribed"]);
  });

  it("passes updates on to workers and watchers on both, once and in order", async () => {
    const watchers = await Promise.all(servers.map((server) => openWatcher(server)));
    const workers = await startGame();
    const lines = [0, 1, 2].flatMap((step) => CELLS.map((cell) => `${step} ${cell} ${step % 2}`));
    for (const line of lines) workers[CELLS.indexOf(line.slice(2, 5))]?.send(line);
    const all = [...workers, ...watchers];
    await untilTrue(() => all.every(({ history }) => history.filter(isUpdate).length >= lines.length));
    await settle(...all);
    for (const { history } of all) {
      const heard = history.filter(isUpdate).map(String);
      expect(heard.toSorted()).to.deep.equal(lines.toSorted());
      for (const cell of CELLS)
        expect(heard.filter((line) => line.slice(2, 5) === cell).map((line) => line[0])).to.deep.equal([
          "0",
          "1",
          "2",
        ]);
    }
  });

  it("shows a watcher that comes late how it stands, on either", async () => {
    const workers = await startGame();
    for (const [n, worker] of workers.entries()) worker.send(`0 ${CELLS[n]} 1`);
    await untilTrue(() => workers.every(({ history }) => history.filter(isUpdate).length === 4));
    for (const server of servers) {
      const watcher = await openWatcher(server);
      await settle(watcher);
      expect(watcher.history).to.deep.equal(CELLS.map((cell) => `0 ${cell} 1`));
    }
  });

  it("shows a watcher on a server that comes late how it stands", async () => {
    const hub = new Hub();
    const store = new Store();
    const serve = () =>
      network.serve(express().use(life({ bus: memoryBus(hub), registry: memoryRegistry(store) }, () => {})));
    const first = await serve();
    await resetGame(first, 1);
    const worker = await openRecording(`${first.wsUrl}/worker/`);
    await expectAll([worker], "sub");
    worker.send("sub", ...Array.from({ length: 20 }, (_, step) => `${step} 0 0 ${step % 2}`));
    await settle(worker);
    const watcher = await openWatcher(await serve());
    await untilTrue(() => watcher.history.length > 0);
    expect(watcher.history).to.deep.equal(["19 0 0 1"]);
  });

  it("has one worker for each cell, whichever server each is on", async () => {
    const workers = await startGame();
    workers[0]?.send("0 0 0 1");
    await untilTrue(() => workers.every(({ history }) => history.some(isUpdate)));
    workers[1]?.send("0 0 0 0");
    expect(await workers[1]?.closed).to.deep.equal({ code: 1008, reason: "Another worker lives this cell" });
  });

  it("has no place for a worker too many, on either", async () => {
    await startGame();
    for (const { wsUrl } of servers) {
      const late = await openRecording(`${wsUrl}/worker/`);
      expect(await late.closed).to.deep.equal({ code: 1008, reason: "This game has started already" });
    }
  });

  it("ends on both when another is started on one", async () => {
    const workers = await startGame();
    await resetGame(servers[1], 3);
    for (const { closed } of workers)
      expect(await closed).to.deep.equal({ code: 4000, reason: "A new game was started" });
    const looks = await Promise.all(servers.map(standing));
    expect(looks[0]).to.deep.equal(looks[1]).and.to.include({ size: 3, phase: "idle", step: -1 });
  });

  it("says the same of how it stands on both", async () => {
    const workers = await startGame();
    for (const [n, worker] of workers.entries()) worker.send(`0 ${CELLS[n]} 1`);
    await untilTrue(() => workers.every(({ history }) => history.filter(isUpdate).length === 4));
    const looks = await Promise.all(servers.map(standing));
    expect(looks[0]).to.deep.equal(looks[1]).and.to.deep.include({ phase: "running", step: 0, unlived: [] });
  });

  it("gives a worker in steps its place back on the other server, which closes its older connection", async () => {
    const client = await openRecording(`${servers[0].wsUrl}/reset/`, { protocols: [STEPS_PROTOCOL] });
    client.send("1");
    const game = String(await client.next());
    const introduce = async ({ wsUrl }: TestServer, rest: string): Promise<RecordingClient> => {
      const worker = await openRecording(`${wsUrl}/worker/`, { protocols: [STEPS_PROTOCOL] });
      worker.send(`${game} 1 0 0 key ${rest}`);
      return worker;
    };
    const first = await introduce(servers[0], "0 3");
    await expectAll([first], "steps");
    first.send("0 0", "sub", "1 0");
    await settle(first);
    const second = await introduce(servers[1], "0 3");
    expect(await first.closed).to.deep.equal({ code: 4001, reason: "Connected again elsewhere" });
    await expectAll([second], "steps");
    second.send("0 0", "sub");
    await expectAll([second], "run 1 6");
    await expectAll([second], "1 0");
  });
});

function isUpdate(line: string | Buffer): boolean {
  return /^\d+ \d+ \d+ \d$/.test(String(line));
}
