import { expect } from "chai";
import { STEPS_PROTOCOL } from "../../../handlers/life/steps-protocol.ts";
import { cellsOf, expectAll, openWatcher, openWorkers, resetGame } from "../../support/life-clients.ts";
import { serveLife } from "../../support/life-server.ts";
import { openRecording, type RecordingClient, settle } from "../../support/recording-client.ts";
import type { TestServer } from "../../support/server.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

/** The cells of a 2x2 grid, in the order of the workers. */
const CELLS = cellsOf(2);

describe("worker, in whole steps", () => {
  const network = useNetwork();

  /** Connects a worker that introduces itself: `SIZE ROW COL KEY`, and what else there is. */
  async function introduce({ wsUrl }: TestServer, game: string, rest: string): Promise<RecordingClient> {
    const worker = await openRecording(`${wsUrl}/worker/`, { protocols: [STEPS_PROTOCOL] });
    worker.send(`${game} ${rest}`);
    return worker;
  }

  /** Starts a game; gives its id. */
  async function resetInSteps({ wsUrl }: TestServer, size: number): Promise<string> {
    const client = await openRecording(`${wsUrl}/reset/`, { protocols: [STEPS_PROTOCOL] });
    client.send(String(size));
    const id = String(await client.next());
    expect(await client.closed).to.include({ code: 1000 });
    return id;
  }

  /**
   * A game of 2x2 cells that runs: the first so many workers hear whole steps, each of all the others' cells, and stand at step 0, each
   * second one alive.
   */
  async function start(inSteps: number) {
    const server = await serveLife(network);
    const game = await resetInSteps(server, 2);
    const workers: RecordingClient[] = [];
    while (workers.length < inSteps) {
      const index = workers.length;
      workers.push(await introduce(server, game, `2 ${CELLS[index]} key${index} 0 ${2 + (index % 2)}`));
    }
    workers.push(...(await openWorkers(server, 4 - inSteps)));
    await expectAll(workers.slice(0, inSteps), "steps");
    await expectAll(workers.slice(inSteps), "sub");
    for (const [index, worker] of workers.entries())
      worker.send(...CELLS.filter((_, other) => other !== index), "sub");
    await expectAll(workers, "run");
    return { server, game, workers };
  }

  /** All workers of a game but the first. */
  function openRest(server: TestServer, game: string, size: number): Promise<RecordingClient[]> {
    const cells = cellsOf(size).slice(1);
    return Promise.all(cells.map((cell) => introduce(server, game, `${size} ${cell} key 0 2`)));
  }

  it("hears each step of its cells in one line, as soon as all have told it, from where it stands", async () => {
    const { workers } = await start(4);
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
    for (const worker of workers.slice(1)) worker.send("1 0");
    await settle(...workers);
    expect(workers.map(({ history }) => history.slice(3))).to.deep.equal([
      ["1 0"],
      ["1 1"],
      ["1 1"],
      ["1 1"],
    ]);
  });

  it("plays with others that hear each update, and is heard by them and by watchers", async () => {
    const { server, workers } = await start(2);
    const watcher = await openWatcher(server);
    const [a, b, c, d] = workers;
    c?.send("0 1 0 1");
    d?.send("0 1 1 0");
    a?.send("1 1");
    b?.send("1 0");
    await settle(...workers, watcher);
    expect(a?.history.slice(2)).to.deep.equal(["0 3"]);
    expect(b?.history.slice(2)).to.deep.equal(["0 2"]);
    expect(c?.history.slice(2).toSorted()).to.deep.equal([
      "0 0 0 0",
      "0 0 1 1",
      "0 1 1 0",
      "1 0 0 1",
      "1 0 1 0",
    ]);
    expect(watcher.history.toSorted()).to.deep.equal([
      "0 0 0 0",
      "0 0 1 1",
      "0 1 0 1",
      "0 1 1 0",
      "1 0 0 1",
      "1 0 1 0",
    ]);
  });

  it("may listen to its own cell, or to none", async () => {
    const server = await serveLife(network);
    for (const wanted of [["0 0"], []]) {
      const game = await resetInSteps(server, 1);
      const worker = await introduce(server, game, "1 0 0 key 0 3");
      await expectAll([worker], "steps");
      worker.send(...wanted, "sub", "1 0");
      await expectAll([worker], "run");
      await settle(worker);
      expect(worker.history.slice(2)).to.deep.equal(wanted.length > 0 ? ["0 1", "1 0"] : []);
    }
  });

  it("leaves its cell to another before the game has begun", async () => {
    const server = await serveLife(network);
    const game = await resetInSteps(server, 1);
    const first = await introduce(server, game, "1 0 0 one 0 2");
    await expectAll([first], "steps");
    first.ws.close();
    await untilTrue(() => server.life.game.connected === 0);
    const second = await introduce(server, game, "1 0 0 two 0 2");
    await expectAll([second], "steps");
    second.send("sub");
    await expectAll([second], "run");
  });

  it("passes over what is known already", async () => {
    const { server, workers } = await start(4);
    const watcher = await openWatcher(server);
    workers[0]?.send("0 1", "1 1", "1 0", "0 0");
    await settle(...workers, watcher);
    expect(watcher.history.filter((line) => String(line).endsWith("0 0 1"))).to.deep.equal(["1 0 0 1"]);
    expect(watcher.history).to.have.length(5);
  });

  describe("that comes back", () => {
    it("goes on from where it stands, and hears what it has missed", async () => {
      const { server, game, workers } = await start(4);
      for (const [index, worker] of workers.entries()) if (index !== 1) worker.send("1 1");
      await settle(...workers);
      workers[1]?.ws.close();
      await untilTrue(() => server.life.game.connected === 3);
      const again = await introduce(server, game, `2 ${CELLS[1]} key1 0 3`);
      await expectAll([again], "steps");
      again.send(...CELLS.filter((_, other) => other !== 1), "sub");
      await expectAll([again], "run");
      again.send("1 0");
      await settle(again, ...workers.slice(2));
      expect(again.history.slice(2)).to.deep.equal(["0 4", "1 7"]);
      expect(workers[2]?.history.slice(2)).to.deep.equal(["0 6", "1 5"]);
    });

    it("takes its place from its older connection, which is closed with 4001", async () => {
      const { server, game, workers } = await start(4);
      const again = await introduce(server, game, `2 ${CELLS[1]} key1 0 3`);
      await expectAll([again], "steps");
      expect(await workers[1]?.closed).to.deep.equal({ code: 4001, reason: "Connected again elsewhere" });
      again.send(...CELLS.filter((_, other) => other !== 1), "sub");
      await expectAll([again], "run");
      await untilTrue(() => server.life.game.connected === 4);
      again.send("1 1");
      workers[0]?.send("1 0");
      await settle(again, ...workers.slice(2));
      expect([...server.life.game.lastUpdates()].map(({ step }) => step)).to.deep.equal([1, 1, 0, 0]);
    });

    it("is told how far its cell has come, where that is further than it says", async () => {
      const { server, game, workers } = await start(4);
      workers[1]?.send("1 0");
      await settle(...workers);
      const again = await introduce(server, game, `2 ${CELLS[1]} key1 0 3`);
      await expectAll([again], "steps");
      again.send(...CELLS.filter((_, other) => other !== 1), "sub");
      await expectAll([again], "run 1 6");
      for (const [index, worker] of workers.entries()) if (index !== 1) worker.send("1 1");
      await settle(again);
      expect(again.history.slice(2)).to.deep.equal(["1 7"]);
    });

    it("lets another take over a cell that nobody lives, who knows nothing of it", async () => {
      const { server, game, workers } = await start(4);
      workers[1]?.send("1 0");
      await settle(...workers);
      workers[1]?.ws.close();
      await untilTrue(() => server.life.game.connected === 3);
      const other = await introduce(server, game, `2 ${CELLS[1]} another`);
      await expectAll([other], "steps");
      other.send(...CELLS.filter((_, other) => other !== 1), "sub");
      await expectAll([other], "run 1 6");
    });

    it("rebuilds its game on a server that has forgotten it", async () => {
      const server = await serveLife(network);
      const workers = await Promise.all(
        CELLS.map((cell, index) => introduce(server, "gone", `2 ${cell} key${index} ${7 + (index % 2)} 5`)),
      );
      await expectAll(workers, "steps");
      expect(server.life.game).to.include({ id: "gone", size: 2 });
      for (const [index, worker] of workers.entries())
        worker.send(...CELLS.filter((_, other) => other !== index), "sub");
      await expectAll(workers, "run");
      await settle(...workers);
      // Who stands at step 8 has to wait for those at step 7.
      expect(workers.map(({ history }) => history.slice(2))).to.deep.equal([["7 2"], [], ["7 1"], []]);
    });

    it("waits until somebody says how far its cell has come", async () => {
      const server = await serveLife(network);
      const stranger = await introduce(server, "gone", "1 0 0 stranger");
      await expectAll([stranger], "steps");
      stranger.send("sub");
      await settle(stranger);
      expect(stranger.history).to.deep.equal(["steps"]);
      stranger.ws.close();
      await untilTrue(() => server.life.game.connected === 0);
      const other = await introduce(server, "gone", "1 0 0 other 3 3");
      other.send("sub");
      await expectAll([other], "steps");
      await expectAll([other], "run");
    });

    it("is closed with 4000 where another game was started", async () => {
      const server = await serveLife(network);
      const old = await resetInSteps(server, 2);
      await resetInSteps(server, 2);
      const worker = await introduce(server, old, "2 0 0 key 5 2");
      expect(await worker.closed).to.deep.equal({ code: 4000, reason: "A new game was started" });
    });
  });

  const early: [string, string, number, string][] = [
    ["another size", "3 0 0 key", 1008, "This game is of size 2, not 3"],
    [
      "a cell off the grid",
      "2 2 0 key",
      1007,
      'Not "GAME SIZE ROW COL KEY" or "GAME SIZE ROW COL KEY STEP HISTORY": GAME 2 2 0 key',
    ],
    [
      "no key",
      "2 0 0",
      1007,
      'Not "GAME SIZE ROW COL KEY" or "GAME SIZE ROW COL KEY STEP HISTORY": GAME 2 0 0',
    ],
  ];
  for (const [what, line, code, reason] of early) {
    it(`is closed with ${code} for ${what}`, async () => {
      const server = await serveLife(network);
      const game = await resetInSteps(server, 2);
      const worker = await introduce(server, game, line);
      const closed = await worker.closed;
      expect({ ...closed, reason: closed.reason.replace(game, "GAME") }).to.deep.equal({ code, reason });
    });
  }

  it("is closed with 1008 for naming a cell that another one lives", async () => {
    const server = await serveLife(network);
    const game = await resetInSteps(server, 2);
    await introduce(server, game, "2 1 1 one");
    await untilTrue(() => server.life.game.connected === 1);
    const second = await introduce(server, game, "2 1 1 two");
    expect(await second.closed).to.deep.equal({ code: 1008, reason: "Another worker lives this cell" });
  });

  it("is refused with 1008 as another one in a game that others have filled", async () => {
    const server = await serveLife(network);
    await resetGame(server, 1);
    await openWorkers(server, 1);
    const worker = await introduce(server, server.life.game.id, "1 0 0 key");
    expect(await worker.closed).to.deep.equal({
      code: 1008,
      reason: "A worker too many: this game has all its 1",
    });
  });

  it("is closed with 1008 for subscribing to more cells than a line can tell of", async () => {
    const server = await serveLife(network);
    const worker = await introduce(server, "a-game", "6 0 0 key 0 2");
    worker.send(...cellsOf(6).slice(0, 30));
    await openRest(server, "a-game", 6);
    expect(await worker.closed).to.deep.equal({
      code: 1008,
      reason: "In steps one hears of 29 cells at most",
    });
  });

  const late: [string, string[], number, string][] = [
    ["an update with its place", ["0 0 0 1"], 1007, 'Not "STEP STATE": 0 0 0 1'],
    ["a state that is none", ["1 2"], 1007, 'Not "STEP STATE": 1 2'],
    ["leaving a step out", ["1 0", "3 0"], 1008, "Step 2 comes next, not step 3"],
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
