import { expect } from "chai";
import { CELLS_PROTOCOL, type GameFrame } from "../../../handlers/life/cells-protocol.ts";
import { Life } from "../../../handlers/life/life.ts";
import { watcher } from "../../../handlers/life/watcher.ts";
import { ownServices } from "../../../handlers/services.ts";
import type { Connection } from "../../../middleware/index.ts";
import { byCell, decodeAll, toLines } from "../../support/cells-view.ts";
import { fillGame, sayCell } from "../../support/fill-game.ts";
import {
  cellsOf,
  joinGame,
  openWatcher,
  openWorkers,
  resetGame,
  startGame,
} from "../../support/life-clients.ts";
import { type LifeServer, serveLife } from "../../support/life-server.ts";
import { lehmer } from "../../support/memory-game.ts";
import { type RecordingClient, settle } from "../../support/recording-client.ts";
import { takeSeats } from "../../support/seats.ts";
import { untilTrue } from "../../support/until.ts";
import { untilForgotten } from "../../support/until-forgotten.ts";
import { useNetwork } from "../../support/use-network.ts";

/** What a test lets wait for a watcher that does not read, in bytes. */
const MAX_BEHIND = 256 * 1024;

/** How many cells make a snapshot too large for all buffers of the system, as lines as long as this step makes them. */
const CELLS = 400_000;
const STEP = 100_000_000;

describe("watcher", () => {
  const network = useNetwork();

  for (const size of [1, 2, 3]) {
    it(`receives every update of every cell, each cell's in order, on a ${size}x${size} grid`, async () => {
      const server = await serveLife(network);
      const watcher = await openWatcher(server);
      const workers = await startGame(server, size, () => []);
      const said = sayAll(workers, size, 0, 30);
      await settle(...workers, watcher);
      expect(byCell(watcher.history)).to.deep.equal(byCell(said));
    });
  }

  it("sees just what every other watcher sees, in the same order", async () => {
    const server = await serveLife(network);
    const watchers = [await openWatcher(server), await openWatcher(server)];
    const workers = await startGame(server, 3);
    sayAll(workers, 3, 0, 10);
    await settle(...workers, ...watchers);
    expect(watchers[0]?.history).to.deep.equal(watchers[1]?.history).and.to.have.length(90);
  });

  it("may talk: nobody listens, and the game goes on", async () => {
    const server = await serveLife(network);
    const watcher = await openWatcher(server);
    watcher.send("0 0 0 1", "", Buffer.from("sub"), "x".repeat(100_000));
    for (let n = 0; n < 100; n++) watcher.send("chatter");
    const [worker] = await startGame(server, 1);
    worker?.send("0 0 0 1");
    expect(await watcher.next()).to.equal("0 0 0 1");
  });

  it("is forgotten when it leaves, however it does", async () => {
    const server = await serveLife(network);
    const leavers = [
      await openWatcher(server),
      await openWatcher(server, CELLS_PROTOCOL),
      await openWatcher(server),
      await openWatcher(server, CELLS_PROTOCOL),
    ];
    const [worker] = await startGame(server, 1);
    worker?.send("0 0 0 1");
    await settle(...leavers);
    for (const [index, leaver] of leavers.entries()) index < 2 ? leaver.ws.close() : leaver.ws.terminate();
    await Promise.all(leavers.map(({ closed }) => closed));
    await untilForgotten(server.connections.slice(0, 4));
    worker?.send("1 0 0 0");
    expect(await worker?.take(2)).to.deep.equal(["0 0 0 1", "1 0 0 0"]);
  });

  describe("that comes late", () => {
    it("first receives the last known state of each cell that has one, and nothing else", async () => {
      const server = await serveLife(network);
      const workers = await startGame(server, 2, () => []);
      workers[3]?.send("0 1 1 1", "1 1 1 0");
      workers[0]?.send("0 0 0 1");
      await settle(...workers);
      const watcher = await openWatcher(server);
      await settle(watcher);
      expect(watcher.history).to.deep.equal(["0 0 0 1", "1 1 1 0"]);
    });

    it("then receives what cells do, as it happens", async () => {
      const server = await serveLife(network);
      const [first, second] = await startGame(server, 2, () => []);
      first?.send("0 0 0 1");
      if (first) await settle(first);
      const watcher = await openWatcher(server);
      second?.send("0 0 1 1");
      expect(await watcher.take(2)).to.deep.equal(["0 0 0 1", "0 0 1 1"]);
      first?.send("1 0 0 0");
      expect(await watcher.next()).to.equal("1 0 0 0");
    });

    it("receives it after the end of the game too", async () => {
      const server = await serveLife(network);
      const workers = await startGame(server, 1);
      workers[0]?.send("5 0 0 1");
      if (workers[0]) await settle(workers[0]);
      for (const worker of workers) worker.ws.close();
      await untilTrue(() => server.life.game.connected === 0);
      expect(await (await openWatcher(server)).next()).to.equal("5 0 0 1");
    });

    for (const protocols of [[], [CELLS_PROTOCOL]]) {
      const format = protocols.length > 0 ? "cells" : "lines";

      it(`misses nothing, and sees nothing twice, however busy the game is: ${format}`, async () => {
        const server = await serveLife(network);
        const size = 3;
        const workers = await startGame(server, size, () => []);
        const said: string[] = [];
        const watchers: RecordingClient[] = [];
        for (let step = 0; step < 20; step++) {
          const opening = openWatcher(server, ...protocols);
          said.push(...sayAll(workers, size, step * 10, 10));
          watchers.push(await opening);
        }
        await settle(...workers, ...watchers);
        const all = byCell(said);
        for (const { history } of watchers) {
          const seen = byCell(protocols.length > 0 ? toLines(decodeAll(history)) : history);
          for (const [cell, lines] of seen) expect(lines).to.deep.equal(all.get(cell)?.slice(-lines.length));
          expect(seen.size).to.equal(size ** 2);
        }
      });
    }

    it("receives a large grid as fast as it reads, and cells that move on meanwhile in their latest state", async () => {
      const server = await serveLife(network, Number.POSITIVE_INFINITY);
      const { game, places } = await fillLargeGame(server);
      const { watcher, connection } = await openSleeper(server);
      await untilTrue(() => connection.bufferedAmount > 0);
      const moved = [0, CELLS / 2, CELLS - 1].map((cell) => {
        const place = places[cell];
        return place && sayCell(game, place, cell, STEP + 1);
      });
      expect(connection.bufferedAmount).to.be.below(MAX_BEHIND);
      watcher.ws.resume();
      // The first cell, which had been sent by then, is sent twice.
      await untilTrue(() => watcher.history.length > CELLS);
      await settle(watcher);
      const last = [...byCell(watcher.history).values()].map((lines) => lines.at(-1));
      expect(last).to.have.length(CELLS).and.to.include.members(moved);
      expect(last.filter((line) => !line?.startsWith(`${STEP} `))).to.have.length(moved.length);
    });

    it("receives no more of a large grid once a new game has begun", async () => {
      const server = await serveLife(network, Number.POSITIVE_INFINITY);
      await fillLargeGame(server);
      const { watcher, connection } = await openSleeper(server);
      await untilTrue(() => connection.bufferedAmount > 0);
      server.life.reset(1);
      watcher.ws.resume();
      const [worker] = await joinGame(server, 1);
      worker?.send("0 0 0 1");
      await untilTrue(() => watcher.history.includes("0 0 0 1"));
      await settle(watcher);
      expect(watcher.history.indexOf("0 0 0 1")).to.equal(watcher.history.length - 1);
      expect(watcher.history.length).to.be.below(CELLS);
    });
  });

  describe("of the binary subprotocol", () => {
    it("is agreed on in the handshake, and no other is", async () => {
      const server = await serveLife(network);
      expect((await openWatcher(server, CELLS_PROTOCOL)).ws.protocol).to.equal(CELLS_PROTOCOL);
      expect((await openWatcher(server, "x", CELLS_PROTOCOL)).ws.protocol).to.equal(CELLS_PROTOCOL);
      expect((await openWatcher(server)).ws.protocol).to.equal("");
    });

    it("is told of a game as it is reset, makes progress, and is idle again", async () => {
      const server = await serveLife(network);
      const watcher = await openWatcher(server, CELLS_PROTOCOL);
      const workers = await startGame(server, 2, () => []);
      for (const worker of workers) worker.ws.close();
      await untilTrue(() => server.life.game.connected === 0);
      await settle(watcher);
      expect(games(watcher)).to.deep.equal([
        "32 idle 0 0",
        "2 idle 0 0",
        "2 connecting 1 0",
        "2 subscribing 4 0",
        "2 subscribing 4 1",
        "2 running 4 4",
        "2 idle 0 0",
      ]);
    });

    it("is told of every hundred workers", async () => {
      const server = await serveLife(network);
      const watcher = await openWatcher(server, CELLS_PROTOCOL);
      await startGame(server, 11, () => []);
      await settle(watcher);
      expect(games(watcher).slice(1)).to.deep.equal([
        "11 idle 0 0",
        "11 connecting 1 0",
        "11 connecting 100 0",
        "11 subscribing 121 0",
        "11 subscribing 121 1",
        "11 subscribing 121 100",
        "11 running 121 121",
      ]);
    });

    it("receives how the game stands, then a snapshot, then what happens", async () => {
      const server = await serveLife(network);
      const workers = await startGame(server, 2, () => []);
      workers[2]?.send("3 1 0 1");
      workers[1]?.send("4 0 1 0");
      await settle(...workers);
      const watcher = await openWatcher(server, CELLS_PROTOCOL);
      workers[2]?.send("4 1 0 0");
      await settle(...workers, watcher);
      const [game, snapshot, ...rest] = decodeAll(watcher.history);
      expect(game).to.deep.equal({ kind: "game", size: 2, phase: "running", connected: 4, subscribed: 4 });
      expect(game && snapshot && toLines([game, snapshot])).to.deep.equal(["3 1 0 1", "4 0 1 0"]);
      expect(game && toLines([game, ...rest])).to.deep.equal(["4 1 0 0"]);
    });

    it("neither sees twice nor misses what happened in the turn in which it came", async () => {
      const life = new Life({ shared: ownServices(), group: "life/a game", log() {} });
      const [first, second] = await takeSeats(network, 2, { protocols: [CELLS_PROTOCOL] });
      const [worker] = await takeSeats(network, 1);
      if (!first || !second || !worker) throw new Error("No seats");
      const handlers = [watcher(first.ws, life)];
      await untilTrue(() => life.watchers.size === 1);
      const [place] = fillGame(life.game, worker.ws, 1, 0);
      handlers.push(watcher(second.ws, life));
      // No more than the promises of this turn.
      for (let n = 0; n < 10 && life.watchers.size < 2; n++) await undefined;
      if (place) sayCell(life.game, place, 0, 1);
      await settle(first.client, second.client);
      for (const { client } of [first, second]) {
        expect(toLines(decodeAll(client.history))).to.deep.equal(["0 0 0 1", "1 0 0 1"]);
        client.ws.close();
      }
      await Promise.all(handlers);
    });

    it("receives no frame of updates where no cell has a state", async () => {
      const server = await serveLife(network);
      const watcher = await openWatcher(server, CELLS_PROTOCOL);
      await settle(watcher);
      expect(decodeAll(watcher.history)).to.have.length(1);
    });

    it("receives the steps of a batch in order, and fewer frames than there are updates", async () => {
      const server = await serveLife(network);
      const watcher = await openWatcher(server, CELLS_PROTOCOL);
      const workers = await startGame(server, 3, () => []);
      sayAll(workers, 3, 0, 50);
      await settle(...workers, watcher);
      const updates = decodeAll(watcher.history).filter((frame) => frame.kind === "updates");
      for (const { blocks } of updates) {
        const steps = blocks.map(({ step }) => step);
        expect(steps).to.deep.equal([...new Set(steps)].sort((a, b) => a - b));
        expect(blocks.every(({ cells }) => cells.length > 0)).to.equal(true);
      }
      expect(updates.length).to.be.below(450);
    });

    it("sees what a watcher of lines sees in the same games", async () => {
      const server = await serveLife(network);
      const lines = await openWatcher(server);
      const cells = await openWatcher(server, CELLS_PROTOCOL);
      for (const size of [3, 2]) {
        const workers = await startGame(server, size, () => []);
        sayAll(workers, size, 0, 40);
        await settle(...workers, lines, cells);
      }
      const seen = toLines(decodeAll(cells.history));
      expect(byCell(seen)).to.deep.equal(byCell(lines.history));
      expect(seen)
        .to.have.length(lines.history.length)
        .and.to.have.length(13 * 40);
    });
  });

  for (const protocols of [[], [CELLS_PROTOCOL]]) {
    const format = protocols.length > 0 ? "cells" : "lines";

    it(`is given up with 1013 when it does not read, and neither holds up the game nor fills memory: ${format}`, async () => {
      const server = await serveLife(network, MAX_BEHIND);
      const [worker] = await startGame(server, 1);
      const { watcher: sleeper, connection } = await openSleeper(server, ...protocols);
      const reader = await openWatcher(server, ...protocols);
      if (!worker) throw new Error("No worker");
      let step = 0;
      let most = 0;
      while (!connection.signal.aborted) {
        for (let n = 0; n < 2_000; n++) worker.send(`${step++} 0 0 1`);
        await settle(worker);
        most = Math.max(most, connection.bufferedAmount);
      }
      expect(connection.signal.reason).to.include({ closeCode: 1013, reason: "Too far behind" });
      expect(most).to.be.below(2 * MAX_BEHIND);
      worker.send(`${step} 0 0 0`);
      await settle(worker, reader);
      expect(worker.history.at(-1)).to.equal(`${step} 0 0 0`);
      const seen = protocols.length > 0 ? toLines(decodeAll(reader.history)) : reader.history;
      expect(seen.at(-1)).to.equal(`${step} 0 0 0`);
      sleeper.ws.terminate();
    });
  }
});

/** Opens a watcher that does not read. */
async function openSleeper(server: LifeServer, ...protocols: string[]) {
  const watcher = await openWatcher(server, ...protocols);
  watcher.ws.pause();
  return { watcher, connection: connectionOf(server) };
}

/** Starts a game of the largest size in which many cells have a state. */
async function fillLargeGame(server: LifeServer) {
  await resetGame(server, 1000);
  await openWorkers(server, 1);
  const ws = connectionOf(server);
  const { game } = server.life;
  return { game, ws, places: fillGame(game, ws, CELLS, STEP) };
}

/** The connection that was opened last. */
function connectionOf(server: LifeServer): Connection {
  const connection = server.connections.at(-1)?.deref();
  if (!connection) throw new Error("No connection");
  return connection;
}

/** Each worker says so many steps of its cell, in an order that is left to chance. */
function sayAll(
  workers: readonly RecordingClient[],
  size: number,
  firstStep: number,
  steps: number,
): string[] {
  const random = lehmer(firstStep + 1);
  const lines: string[] = [];
  const cells = cellsOf(size).map((cell, index) => ({ cell, index, step: firstStep }));
  while (cells.length > 0) {
    const at = Math.floor(random() * cells.length);
    const next = cells[at];
    if (!next) break;
    const line = `${next.step++} ${next.cell} ${random() < 0.5 ? 0 : 1}`;
    workers[next.index]?.send(line);
    lines.push(line);
    if (next.step === firstStep + steps) cells.splice(at, 1);
  }
  return lines;
}

/** The game frames that a watcher received, as `SIZE PHASE CONNECTED SUBSCRIBED`. */
function games(watcher: RecordingClient): string[] {
  return decodeAll(watcher.history)
    .filter((frame): frame is GameFrame => frame.kind === "game")
    .map(({ size, phase, connected, subscribed }) => `${size} ${phase} ${connected} ${subscribed}`);
}
