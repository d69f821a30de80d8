import { expect } from "chai";
import { STEPS_PROTOCOL } from "../../../handlers/life/protocol.ts";
import { expectAll, openWatcher, openWorkers, resetGame } from "../../support/life-clients.ts";
import { serveLife } from "../../support/life-server.ts";
import { openRecording, type RecordingClient, settle } from "../../support/recording-client.ts";
import type { TestServer } from "../../support/server.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

/** The cells of a 2x2 grid, in the order of the workers. */
const CELLS = ["0 0", "0 1", "1 0", "1 1"];

describe("worker, in whole steps", () => {
  const network = useNetwork();

  function openInSteps({ wsUrl }: TestServer): Promise<RecordingClient> {
    return openRecording(`${wsUrl}/worker/`, { protocols: [STEPS_PROTOCOL] });
  }

  /** A game of 2x2 cells that runs: the first so many workers hear whole steps, each of all the others' cells. */
  async function start(inSteps: number) {
    const server = await serveLife(network);
    await resetGame(server, 2);
    const workers: RecordingClient[] = [];
    while (workers.length < inSteps) workers.push(await openInSteps(server));
    workers.push(...(await openWorkers(server, 4 - inSteps)));
    await expectAll(workers.slice(0, inSteps), "steps");
    await expectAll(workers.slice(inSteps), "sub");
    for (const [index, worker] of workers.entries()) {
      if (index < inSteps) worker.send(CELLS[index] ?? "");
      worker.send(...CELLS.filter((_, other) => other !== index), "sub");
    }
    await expectAll(workers, "run");
    return { server, workers };
  }

  it("hears each step of its cells in one line, as soon as all have told it", async () => {
    const { workers } = await start(4);
    for (const [index, worker] of workers.entries()) worker.send(`0 ${index % 2}`);
    await settle(...workers);
    expect(workers.map(({ history }) => history.slice(2))).to.deep.equal([
      ["0 5"],
      ["0 4"],
      ["0 6"],
      ["0 2"],
    ]);
    workers[0]?.send("1 1");
    await settle(...workers);
    for (const { history } of workers) expect(history).to.have.length(3);
  });

  it("plays with others that hear each update, and is heard by them and by watchers", async () => {
    const { server, workers } = await start(2);
    const watcher = await openWatcher(server);
    const [a, b, c, d] = workers;
    a?.send("0 1");
    b?.send("0 0");
    c?.send("0 1 0 1");
    d?.send("0 1 1 0");
    await settle(...workers, watcher);
    expect(a?.history.slice(2)).to.deep.equal(["0 2"]);
    expect(b?.history.slice(2)).to.deep.equal(["0 3"]);
    expect(c?.history.slice(2).toSorted()).to.deep.equal(["0 0 0 1", "0 0 1 0", "0 1 1 0"]);
    expect(watcher.history.toSorted()).to.deep.equal(["0 0 0 1", "0 0 1 0", "0 1 0 1", "0 1 1 0"]);
  });

  it("may listen to its own cell, or to none", async () => {
    const server = await serveLife(network);
    for (const wanted of [["0 0"], []]) {
      await resetGame(server, 1);
      const worker = await openInSteps(server);
      await expectAll([worker], "steps");
      worker.send("0 0", ...wanted, "sub", "0 1");
      await expectAll([worker], "run");
      await settle(worker);
      expect(worker.history.slice(2)).to.deep.equal(wanted.map(() => "0 1"));
    }
  });

  it("leaves its cell to another before the game has begun", async () => {
    const server = await serveLife(network);
    await resetGame(server, 1);
    const first = await openInSteps(server);
    await expectAll([first], "steps");
    first.send("0 0");
    await settle(first);
    first.ws.close();
    await untilTrue(() => server.life.game.connected === 0);
    const second = await openInSteps(server);
    await expectAll([second], "steps");
    second.send("0 0", "sub");
    await expectAll([second], "run");
  });

  const early: [string, string[], number, string][] = [
    ["not naming its cell", ["sub"], 1007, 'Not "ROW COL": sub'],
    ["living a cell off the grid", ["2 0"], 1008, "Cell 2 0 is not on the 2x2 grid"],
  ];
  for (const [what, lines, code, reason] of early) {
    it(`is closed with ${code} for ${what}`, async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const worker = await openInSteps(server);
      await openWorkers(server, 3);
      worker.send(...lines);
      expect(await worker.closed).to.deep.equal({ code, reason });
    });
  }

  it("is closed with 1008 for naming a cell that another one lives", async () => {
    const server = await serveLife(network);
    await resetGame(server, 2);
    const [first, second] = [await openInSteps(server), await openInSteps(server)];
    await openWorkers(server, 2);
    first.send("1 1");
    await settle(first);
    second.send("1 1");
    expect(await second.closed).to.deep.equal({ code: 1008, reason: "Another worker lives this cell" });
  });

  const late: [string, string[], number, string][] = [
    ["an update with its place", ["0 0 0 1"], 1007, 'Not "STEP STATE": 0 0 0 1'],
    ["a state that is none", ["0 2"], 1007, 'Not "STEP STATE": 0 2'],
    ["beginning with step 1", ["1 0"], 1008, "Step 0 comes next, not step 1"],
    ["a step twice", ["0 0", "0 0"], 1008, "Step 1 comes next, not step 0"],
    ["leaving a step out", ["0 0", "2 0"], 1008, "Step 1 comes next, not step 2"],
  ];
  for (const [what, lines, code, reason] of late) {
    it(`is closed with ${code} for ${what}`, async () => {
      const { workers } = await start(4);
      const [offender] = workers;
      offender?.send(...lines);
      expect(await offender?.closed).to.deep.equal({ code, reason });
    });
  }
});
