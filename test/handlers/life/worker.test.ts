import { expect } from "chai";
import {
  cellsOf,
  expectAll,
  openWatcher,
  openWorkers,
  resetGame,
  startGame,
} from "../../support/life-clients.ts";
import { type LifeServer, serveLife } from "../../support/life-server.ts";
import { lehmer } from "../../support/memory-game.ts";
import { closeFrame, frame, readText, TEXT } from "../../support/raw-frames.ts";
import { handshakeText, readResponse } from "../../support/raw-http.ts";
import { openRecording, type RecordingClient, settle } from "../../support/recording-client.ts";
import { untilTrue } from "../../support/until.ts";
import { untilForgotten } from "../../support/until-forgotten.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("worker", () => {
  const network = useNetwork();

  describe("before the game", () => {
    it("is told to subscribe only when all are connected", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const workers = await openWorkers(server, 3);
      await settle(...workers);
      for (const { history } of workers) expect(history).to.deep.equal([]);
      workers.push(...(await openWorkers(server, 1)));
      await expectAll(workers, "sub");
    });

    it("is told to run only when all are subscribed", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const workers = await openWorkers(server, 4);
      await expectAll(workers, "sub");
      for (const worker of workers.slice(1)) worker.send("0 0", "sub");
      workers[0]?.send("0 0");
      await settle(...workers);
      for (const { history } of workers) expect(history).to.deep.equal(["sub"]);
      workers[0]?.send("sub");
      await expectAll(workers, "run");
    });

    it("may subscribe to nothing, to all cells, or to the same cell twice", async () => {
      const server = await serveLife(network);
      const wanted = [[], cellsOf(2), ["0 0", "0 0"], ["1 1"]];
      const workers = await startGame(server, 2, (index) => wanted[index] ?? []);
      workers[0]?.send("0 0 0 1");
      await settle(...workers);
      expect(workers.map(({ history }) => history.slice(2))).to.deep.equal([
        [],
        ["0 0 0 1"],
        ["0 0 0 1"],
        [],
      ]);
    });

    it("is heard later where it speaks too early: nothing of it is lost, nothing reaches others before they run", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const [early, ...others] = await openWorkers(server, 3);
      early?.send("1 1", "sub", "0 0 0 1", "1 0 0 0");
      others.push(...(await openWorkers(server, 1)));
      await expectAll(others, "sub");
      for (const other of others.slice(1)) other.send("0 0", "sub");
      await settle(...others);
      for (const { history } of others) expect(history).to.deep.equal(["sub"]);
      others[0]?.send("0 0", "sub");
      await settle(...others);
      for (const { history } of others) expect(history).to.deep.equal(["sub", "run", "0 0 0 1", "1 0 0 0"]);
    });
  });

  describe("in a game", () => {
    for (const size of [1, 2, 3]) {
      it(`hears all that its cells say, each in order, and nothing else, on a ${size}x${size} grid`, async () => {
        const server = await serveLife(network);
        const random = lehmer(size);
        const cells = cellsOf(size);
        const wanted = cells.map(() => cells.filter(() => random() < 0.4));
        const watcher = await openWatcher(server);
        const workers = await startGame(server, size, (index) => wanted[index] ?? []);
        const said = babble(workers, cells, random);
        await settle(...workers, watcher);
        for (const [index, { history }] of workers.entries()) {
          expectHeard(history.slice(2), said, wanted[index] ?? []);
        }
        expectHeard(watcher.history, said, cells);
      });
    }

    it("gets no number but those that were sent, as they were written", async () => {
      const server = await serveLife(network);
      const [worker] = await startGame(server, 1);
      worker?.send("999999999 0 0 1");
      expect(await worker?.next()).to.equal("999999999 0 0 1");
    });
  });

  describe("that leaves", () => {
    it("frees its place while others are still to connect", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const [leaver, ...workers] = await openWorkers(server, 3);
      await leave(server, leaver, 2);
      workers.push(...(await openWorkers(server, 1)));
      await settle(...workers);
      for (const { history } of workers) expect(history).to.deep.equal([]);
      workers.push(...(await openWorkers(server, 1)));
      await expectAll(workers, "sub");
    });

    it("is replaced while it should subscribe, and the game is completed", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const [leaver, ...workers] = await openWorkers(server, 4);
      leaver?.send("0 0");
      await expectAll(workers, "sub");
      for (const worker of workers) worker.send(...cellsOf(2), "sub");
      await leave(server, leaver, 3);
      await settle(...workers);
      await complete(server, workers);
    });

    it("is replaced after it has subscribed, and the game is completed", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const [leaver, ...workers] = await openWorkers(server, 4);
      leaver?.send("0 0", "sub");
      await expectAll(workers, "sub");
      for (const worker of workers.slice(1)) worker.send(...cellsOf(2), "sub");
      await settle(...workers);
      await untilTrue(() => server.life.game.subscribed === 3);
      await leave(server, leaver, 3);
      workers[0]?.send(...cellsOf(2), "sub");
      await settle(...workers);
      for (const { history } of workers) expect(history).to.deep.equal(["sub"]);
      await complete(server, workers);
    });

    it("is unsubscribed in mid-game, and the others play on", async () => {
      const server = await serveLife(network);
      const [leaver, ...others] = await startGame(server, 2);
      leaver?.send("0 0 0 1");
      await expectAll(others, "0 0 0 1");
      await leave(server, leaver, 3);
      others[0]?.send("0 0 1 1");
      await expectAll(others, "0 0 1 1");
    });

    it("is forgotten, with all that it subscribed to, while the game goes on", async () => {
      const server = await serveLife(network);
      const [stayer, ...leavers] = await startGame(server, 3);
      const left = server.connections.slice(2);
      for (const leaver of leavers) leaver.ws.close();
      await untilTrue(() => server.life.game.connected === 1);
      await untilForgotten(left);
      stayer?.send("0 0 0 1");
      expect(await stayer?.next()).to.equal("0 0 0 1");
    });

    it("frees its place even if it breaks off without a close frame", async () => {
      const server = await serveLife(network);
      await resetGame(server, 1);
      const raw = await network.shake(server.port, "/worker/");
      expect(await readText(raw)).to.equal("sub");
      raw.reset();
      await untilTrue(() => server.life.game.connected === 0);
    });

    it("frees its place even if it says goodbye together with its handshake", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const raw = await network.dial(server.port);
      raw.write(handshakeText("/worker/"), closeFrame(1000));
      expect((await readResponse(raw)).status).to.equal(101);
      await raw.readToEnd();
      await untilTrue(() => server.connections.length === 2 && server.life.game.connected === 0);
    });

    it("frees its place even if it says goodbye together with its `sub`", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const raw = await network.shake(server.port, "/worker/");
      const workers = await openWorkers(server, 3);
      await expectAll(workers, "sub");
      for (const worker of workers.slice(1)) worker.send(...cellsOf(2), "sub");
      await settle(...workers);
      raw.write(frame(TEXT, "0 0"), frame(TEXT, "sub"), closeFrame(1000));
      await raw.readToEnd();
      await untilTrue(() => server.life.game.connected === 3);
      expect(server.life.game.subscribed).to.equal(2);
      workers[0]?.send(...cellsOf(2), "sub");
      await complete(server, workers);
    });

    it("leaves its cell to nobody in a game that has started", async () => {
      const server = await serveLife(network);
      const [leaver] = await startGame(server, 2);
      await leave(server, leaver, 3);
      const late = await openRecording(`${server.wsUrl}/worker/`);
      expect(await late.closed).to.deep.equal({ code: 1008, reason: "This game has started already" });
    });
  });

  describe("that offends", () => {
    const noCells = [
      "x",
      "",
      "0",
      "0  0",
      "0 0 0",
      "-1 0",
      "0 0\n",
      "run",
      "SUB",
      " sub",
      "0 0 0 1",
      "é".repeat(500),
    ];
    for (const line of noCells) {
      it(`by subscribing to ${JSON.stringify(line).slice(0, 20)} is closed with 1007, and replaced`, async () => {
        const { closed } = await offendEarly(line);
        expect(closed.code).to.equal(1007);
        expect(`Not "ROW COL" or "sub": ${line}`).to.satisfy((reason: string) =>
          reason.startsWith(closed.reason),
        );
        expect(closed.reason).to.contain("Not ");
      });
    }

    for (const cell of ["2 0", "0 2", "999999999 0"]) {
      it(`by subscribing to the cell ${cell} of a 2x2 grid is closed with 1008, and replaced`, async () => {
        const { closed } = await offendEarly(cell);
        expect(closed).to.deep.equal({ code: 1008, reason: `Cell ${cell} is not on the 2x2 grid` });
      });
    }

    it("by subscribing with bytes is closed with 1003, and replaced", async () => {
      const { closed } = await offendEarly(Buffer.from("0 0"));
      expect(closed).to.deep.equal({ code: 1003, reason: "Text is expected here, not binary" });
    });

    const noUpdates = [
      "x",
      "",
      "0 0",
      "0 0 0",
      "0 0 0 2",
      "0 0 0 1 1",
      "-1 0 0 1",
      "0 0 0 1\n",
      "sub",
      "00 0 0 1",
      "1.5 0 0 1",
    ];
    for (const line of noUpdates) {
      it(`by saying ${JSON.stringify(line)} is closed with 1007, and the others play on`, async () => {
        const closed = await offend(line);
        expect(closed).to.deep.equal({ code: 1007, reason: `Not "STEP ROW COL STATE": ${line}` });
      });
    }

    it("by saying bytes is closed with 1003, and the others play on", async () => {
      const closed = await offend(Buffer.from("0 0 0 1"));
      expect(closed).to.deep.equal({ code: 1003, reason: "Text is expected here, not binary" });
    });

    for (const cell of ["2 0", "0 2", "999999999 999999999"]) {
      it(`by living the cell ${cell} of a 2x2 grid is closed with 1008, and the others play on`, async () => {
        const closed = await offend(`0 ${cell} 1`);
        expect(closed).to.deep.equal({ code: 1008, reason: `Cell ${cell} is not on the 2x2 grid` });
      });
    }

    it("by speaking for another worker's cell is closed with 1008, and that one lives on", async () => {
      const server = await serveLife(network);
      const [offender, owner, ...others] = await startGame(server, 2);
      owner?.send("0 0 1 1");
      await expectAll(others, "0 0 1 1");
      offender?.send("0 0 1 0");
      expect(await offender?.closed).to.deep.equal({ code: 1008, reason: "Another worker lives this cell" });
      owner?.send("1 0 1 1");
      await expectAll(others, "1 0 1 1");
    });

    it("by living a second cell is closed with 1008, and the others play on", async () => {
      const server = await serveLife(network);
      const [offender, ...others] = await startGame(server, 2);
      offender?.send("0 0 0 1", "0 0 1 1");
      expect(await offender?.closed).to.deep.equal({
        code: 1008,
        reason: "A worker lives one cell, not two",
      });
      await expectAll(others, "0 0 0 1");
      others[0]?.send("0 0 1 0");
      await expectAll(others, "0 0 1 0");
    });

    it("by being one too many is closed with 1008, and the others go on", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const workers = await openWorkers(server, 4);
      const [offender] = await openWorkers(server, 1);
      expect(await offender?.closed).to.deep.equal({
        code: 1008,
        reason: "A worker too many: this game has all its 4",
      });
      expect(offender?.history).to.deep.equal([]);
      await expectAll(workers, "sub");
      for (const worker of workers) worker.send("sub");
      await expectAll(workers, "run");
      const [late] = await openWorkers(server, 1);
      expect(await late?.closed).to.deep.equal({ code: 1008, reason: "This game has started already" });
    });

    it("by a message too large is closed with 1009, and the others play on", async () => {
      const closed = await offend("0".repeat(1024 * 1024 + 1));
      expect(closed.code).to.equal(1009);
    });

    it("is not heard again after that", async () => {
      const server = await serveLife(network);
      const [offender, ...others] = await startGame(server, 2);
      offender?.send("0 0 0 1", "nonsense", "1 0 0 1", "2 0 0 1");
      expect((await offender?.closed)?.code).to.equal(1007);
      await settle(...others);
      for (const { history } of others) expect(history.slice(2)).to.deep.equal(["0 0 0 1"]);
    });

    /** One of four workers offends while all should subscribe; another takes its place, and the game is completed. */
    async function offendEarly(message: string | Uint8Array) {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const [offender, ...others] = await openWorkers(server, 4);
      await expectAll(others, "sub");
      for (const other of others) other.send(...cellsOf(2), "sub");
      offender?.send("0 0", message, "sub");
      const closed = (await offender?.closed) ?? { code: 0, reason: "" };
      await untilTrue(() => server.life.game.connected === 3);
      await complete(server, others);
      return { closed };
    }

    /** One of four workers offends in a game; the others play on. */
    async function offend(message: string | Uint8Array) {
      const server = await serveLife(network);
      const [offender, ...others] = await startGame(server, 2);
      offender?.send("0 0 0 1", message);
      const closed = (await offender?.closed) ?? { code: 0, reason: "" };
      await expectAll(others, "0 0 0 1");
      for (const [index, other] of others.entries()) {
        other.send(`0 ${cellsOf(2)[index + 1]} 1`);
        await expectAll(others, `0 ${cellsOf(2)[index + 1]} 1`);
      }
      return closed;
    }
  });

  async function leave(server: LifeServer, leaver: RecordingClient | undefined, left: number): Promise<void> {
    leaver?.ws.close(1000);
    await untilTrue(() => server.life.game.connected === left);
  }

  /** Adds the one worker that is missing, and plays a round. */
  async function complete(server: LifeServer, others: RecordingClient[]): Promise<void> {
    const [newcomer] = await openWorkers(server, 1);
    expect(await newcomer?.next()).to.equal("sub");
    newcomer?.send(...cellsOf(2), "sub");
    expect(await newcomer?.next()).to.equal("run");
    newcomer?.send("0 0 0 1");
    if (newcomer) await settle(newcomer, ...others);
    expect(newcomer?.history).to.deep.equal(["sub", "run", "0 0 0 1"]);
    for (const { history } of others) expect(history).to.deep.equal(["sub", "run", "0 0 0 1"]);
  }
});

/** Each worker says twenty steps of its cell, in an order that is left to chance; gives what each cell said. */
function babble(
  workers: readonly RecordingClient[],
  cells: readonly string[],
  random: () => number,
): Map<string, string[]> {
  const said = new Map<string, string[]>(cells.map((cell) => [cell, []]));
  for (let n = 0; n < 20 * workers.length; n++) {
    const index = Math.floor(random() * workers.length);
    const cell = cells[index] ?? "";
    const lines = said.get(cell) ?? [];
    const line = `${lines.length} ${cell} ${random() < 0.5 ? 0 : 1}`;
    lines.push(line);
    workers[index]?.send(line);
  }
  return said;
}

/** Everything that these cells said was heard, each cell's in its order, and nothing else. */
function expectHeard(
  heard: readonly (string | Buffer)[],
  said: ReadonlyMap<string, string[]>,
  cells: readonly string[],
): void {
  const total = cells.reduce((sum, cell) => sum + (said.get(cell)?.length ?? 0), 0);
  expect(heard).to.have.length(total);
  for (const cell of cells) {
    const ofCell = heard.filter(
      (line) => typeof line === "string" && line.split(" ").slice(1, 3).join(" ") === cell,
    );
    expect(ofCell).to.deep.equal(said.get(cell));
  }
}
