import { expect } from "chai";
import express from "express";
import { CELLS_PROTOCOL, encodeUpdates } from "../../handlers/life/cells-protocol.ts";
import { MAX_SIZE } from "../../handlers/life/protocol.ts";
import { ownServices } from "../../handlers/services.ts";
import { hookOf } from "../../middleware/hook.ts";
import { errors } from "../../views/errors.ts";
import { life } from "../../views/life.ts";
import { joinGame, openWatcher, openWorkers, resetGame, startGame } from "../support/life-clients.ts";
import { settle } from "../support/recording-client.ts";
import { useNetwork } from "../support/use-network.ts";

describe("life", () => {
  const network = useNetwork();

  it("brings workers, watchers and resets together in one game", async () => {
    const notices: string[] = [];
    const server = await network.serve(express().use(life(ownServices(), (line) => notices.push(line))));
    const watcher = await openWatcher(server);
    const [worker] = await startGame(server, 1);
    worker?.send("0 0 0 1");
    expect(await watcher.next()).to.equal("0 0 0 1");
    expect(notices).to.deep.equal(["    1 workers connected", "    1 workers subscribed"]);
  });

  it("speaks the binary subprotocol with watchers who ask for it, and with nobody else", async () => {
    const server = await network.serve(express().use(life(ownServices(), () => {})));
    expect((await openWatcher(server, CELLS_PROTOCOL)).ws.protocol).to.equal(CELLS_PROTOCOL);
    expect((await openWatcher(server)).ws.protocol).to.equal("");
    await resetGame(server, 1);
    const [worker] = await openWorkers(server, 1);
    expect(worker?.ws.protocol).to.equal("");
  });

  it("gives no watcher up for a snapshot of the largest grid and one step more", async () => {
    const { server, ...at } = await network.serve(express().use(life(ownServices(), () => {})));
    await openWatcher(at, CELLS_PROTOCOL);
    const [transport] = hookOf(server)?.transports ?? [];
    const step = encodeUpdates([{ step: 0, cells: new Uint32Array(MAX_SIZE ** 2) }]);
    expect(transport?.settings.maxBufferedAmount).to.be.above(2 * step.byteLength);
  });

  describe("at game.json", () => {
    const standing = async (url: string) => (await fetch(`${url}/game.json`)).json();

    it("says which game is on, how far it has come, and which cells nobody lives", async () => {
      const server = await network.serve(express().use(life(ownServices(), () => {})));
      expect(await standing(server.url)).to.include({ game: "0", size: 32, phase: "idle", step: -1 });
      await resetGame(server, 2);
      const { game, ...idle } = await standing(server.url);
      expect(game).to.match(/^[\w-]{36}$/);
      expect(idle).to.deep.equal({ size: 2, phase: "idle", step: -1, unlived: [0, 1, 2, 3] });
      const workers = await joinGame(server, 2, () => []);
      for (const [cell, worker] of workers.entries())
        worker.send(`${cell} ${Math.floor(cell / 2)} ${cell % 2} 1`);
      workers[2]?.ws.close();
      await settle(...workers.filter((_, cell) => cell !== 2));
      while ((await standing(server.url)).unlived.length === 0);
      expect(await standing(server.url)).to.deep.equal({
        game,
        size: 2,
        phase: "running",
        step: 0,
        unlived: [2],
      });
    });

    it("is of the game that its URL names, and is kept by nobody", async () => {
      const { url, wsUrl } = await network.serve(express().use(life(ownServices(), () => {})));
      await resetGame({ wsUrl: `${wsUrl}/games/one` }, 3);
      expect(await standing(`${url}/games/one`)).to.include({ size: 3 });
      expect(await standing(url)).to.include({ game: "0" });
      expect((await fetch(`${url}/game.json`)).headers.get("cache-control")).to.equal("no-store");
    });
  });

  describe("at /games/NAME/", () => {
    it("plays games of their own, beside the default one", async () => {
      const notices: string[] = [];
      const { wsUrl } = await network.serve(express().use(life(ownServices(), (line) => notices.push(line))));
      const servers = ["", "/games/one", "/games/%E6%A3%8B"].map((path) => ({ wsUrl: wsUrl + path }));
      const watchers = await Promise.all(servers.map((server) => openWatcher(server)));
      const workers = await Promise.all(servers.map((server) => startGame(server, 1)));
      for (const [n, [worker]] of workers.entries()) worker?.send(`${n} 0 0 1`);
      const heard = await Promise.all(watchers.map((watcher) => watcher.next()));
      expect(heard).to.deep.equal(["0 0 0 1", "1 0 0 1", "2 0 0 1"]);
      expect(notices).to.include.members([
        "    1 workers connected",
        "    1 workers connected in one",
        "    1 workers connected in 棋",
      ]);
    });

    it("leaves the others alone when one is reset", async () => {
      const { wsUrl } = await network.serve(express().use(life(ownServices(), () => {})));
      const [one, two] = [{ wsUrl: `${wsUrl}/games/one` }, { wsUrl: `${wsUrl}/games/two` }];
      const [[worker], [other]] = await Promise.all([startGame(one, 1), startGame(two, 1)]);
      await resetGame(one, 1);
      expect((await worker?.closed)?.code).to.equal(4000);
      const watcher = await openWatcher(two);
      other?.send("0 0 0 1");
      expect(await watcher.next()).to.equal("0 0 0 1");
    });

    it("is one game, however its name is written", async () => {
      const { wsUrl } = await network.serve(express().use(life(ownServices(), () => {})));
      const watcher = await openWatcher({ wsUrl: `${wsUrl}/games/${encodeURIComponent("e\u0301")}` });
      const [worker] = await startGame({ wsUrl: `${wsUrl}/games/${encodeURIComponent("\u00e9")}` }, 1);
      worker?.send("0 0 0 1");
      expect(await watcher.next()).to.equal("0 0 0 1");
    });

    for (const name of ["a%20b", "a.b", "x".repeat(65), "%F0%9F%98%80"]) {
      it(`refuses ${name}, before the handshake`, async () => {
        const { url } = await network.serve(
          express()
            .use(life(ownServices(), () => {}))
            .use(errors()),
        );
        for (const path of ["", "reset/", "worker/", "watcher/"]) {
          const response = await fetch(`${url}/games/${name}/${path}`);
          expect(response.status).to.equal(400);
          expect(await response.text()).to.equal(
            'The name of a game is 1 to 64 letters, digits, "-" and "_"\n',
          );
        }
      });
    }
  });
});
