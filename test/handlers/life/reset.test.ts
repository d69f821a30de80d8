import { expect } from "chai";
import {
  cellsOf,
  joinGame,
  openWatcher,
  openWorkers,
  resetGame,
  startGame,
} from "../../support/life-clients.ts";
import { serveLife } from "../../support/life-server.ts";
import { openRecording, settle } from "../../support/recording-client.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

const NO_SIZES = [
  "0",
  "1001",
  "-1",
  "1.5",
  "abc",
  "",
  "8 8",
  " 8",
  "8\n",
  "1e3",
  "08",
  "99999999999999999999",
];

describe("reset", () => {
  const network = useNetwork();

  it("starts a game of the size that it is told, and closes with 1000", async () => {
    const server = await serveLife(network);
    for (const size of [1, 2, 999, 1000]) {
      expect(await resetGame(server, size)).to.deep.equal({ code: 1000, reason: "" });
      expect(server.life.game).to.include({ size, connected: 0, phase: "idle" });
    }
  });

  it("starts a new game even where it is of the same size", async () => {
    const server = await serveLife(network);
    await startGame(server, 1);
    const { game } = server.life;
    await resetGame(server, 1);
    expect(server.life.game).to.not.equal(game);
    await startGame(server, 1);
  });

  for (const size of NO_SIZES) {
    it(`refuses the size ${JSON.stringify(size)} with 1007, and the game goes on`, async () => {
      const server = await serveLife(network);
      const [worker] = await startGame(server, 1);
      expect(await resetGame(server, size)).to.deep.equal({
        code: 1007,
        reason: "A size is an integer from 1 to 1000",
      });
      worker?.send("0 0 0 1");
      expect(await worker?.next()).to.equal("0 0 0 1");
    });
  }

  it("refuses a binary message with 1003, and the game goes on", async () => {
    const server = await serveLife(network);
    const [worker] = await startGame(server, 1);
    const client = await openRecording(`${server.wsUrl}/reset/`);
    client.send(Buffer.from("8"));
    expect(await client.closed).to.deep.equal({ code: 1003, reason: "Text is expected here, not binary" });
    worker?.send("0 0 0 1");
    expect(await worker?.next()).to.equal("0 0 0 1");
  });

  it("changes nothing for a client that leaves without a word", async () => {
    const server = await serveLife(network);
    const { game } = server.life;
    const client = await openRecording(`${server.wsUrl}/reset/`);
    client.ws.close();
    await client.closed;
    expect(server.life.game).to.equal(game);
  });

  it("heeds only the first message", async () => {
    const server = await serveLife(network);
    const client = await openRecording(`${server.wsUrl}/reset/`);
    client.send("3", "5");
    expect((await client.closed).code).to.equal(1000);
    expect(server.life.game.size).to.equal(3);
  });

  describe("in the middle of a game", () => {
    const away = { code: 4000, reason: "A new game was started" };

    it("closes workers that wait for others with 4000 and a reason", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const workers = await openWorkers(server, 3);
      await resetGame(server, 1);
      for (const worker of workers) expect(await worker.closed).to.deep.equal(away);
    });

    it("closes workers that subscribe, and those that have, with 4000 and a reason", async () => {
      const server = await serveLife(network);
      await resetGame(server, 2);
      const workers = await openWorkers(server, 4);
      for (const worker of workers) expect(await worker.next()).to.equal("sub");
      workers[0]?.send("0 0");
      workers[1]?.send("0 0", "sub");
      await settle(...workers);
      await resetGame(server, 1);
      for (const worker of workers) expect(await worker.closed).to.deep.equal(away);
    });

    it("closes workers that run with 4000 and a reason, and their game forgets them", async () => {
      const server = await serveLife(network);
      const workers = await startGame(server, 3);
      const { game } = server.life;
      workers[0]?.send("0 0 0 1");
      await settle(...workers);
      await resetGame(server, 2);
      for (const worker of workers) expect(await worker.closed).to.deep.equal(away);
      await untilTrue(() => game.isIdle);
    });

    it("keeps watchers, who see the next game", async () => {
      const server = await serveLife(network);
      const watcher = await openWatcher(server);
      const [first] = await startGame(server, 2);
      first?.send("7 0 0 1");
      expect(await watcher.next()).to.equal("7 0 0 1");
      const workers = await startGame(server, 2);
      for (const [index, cell] of cellsOf(2).entries()) workers[index]?.send(`0 ${cell} 1`);
      await settle(...workers, watcher);
      expect(watcher.history.slice(1).sort()).to.deep.equal(["0 0 0 1", "0 0 1 1", "0 1 0 1", "0 1 1 1"]);
    });

    it("lets a watcher who comes then know nothing of the old game", async () => {
      const server = await serveLife(network);
      const [first] = await startGame(server, 1);
      first?.send("7 0 0 1");
      expect(await first?.next()).to.equal("7 0 0 1");
      await resetGame(server, 1);
      const watcher = await openWatcher(server);
      await settle(watcher);
      expect(watcher.history).to.deep.equal([]);
    });

    it("leaves several resets in a row with the last one's game, ready to be played", async () => {
      const server = await serveLife(network);
      await Promise.all([3, 2, 5, 1, 4].map((size) => resetGame(server, size)));
      const { size } = server.life.game;
      const workers = await joinGame(server, size);
      workers[0]?.send("0 0 0 1");
      await settle(...workers);
      expect(workers).to.have.length(size ** 2);
      for (const { history } of workers) expect(history).to.deep.equal(["sub", "run", "0 0 0 1"]);
    });
  });
});
