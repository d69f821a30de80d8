import { expect } from "chai";
import express from "express";
import { CELLS_PROTOCOL, encodeUpdates } from "../../handlers/life/cells-protocol.ts";
import { MAX_SIZE } from "../../handlers/life/protocol.ts";
import { hookOf } from "../../middleware/hook.ts";
import { errors } from "../../views/errors.ts";
import { life } from "../../views/life.ts";
import { openWatcher, openWorkers, resetGame, startGame } from "../support/life-clients.ts";
import { useNetwork } from "../support/use-network.ts";

describe("life", () => {
  const network = useNetwork();

  it("brings workers, watchers and resets together in one game", async () => {
    const notices: string[] = [];
    const server = await network.serve(express().use(life((line) => notices.push(line))));
    const watcher = await openWatcher(server);
    const [worker] = await startGame(server, 1);
    worker?.send("0 0 0 1");
    expect(await watcher.next()).to.equal("0 0 0 1");
    expect(notices).to.deep.equal(["    1 workers connected", "    1 workers subscribed"]);
  });

  it("speaks the binary subprotocol with watchers who ask for it, and with nobody else", async () => {
    const server = await network.serve(express().use(life(() => {})));
    expect((await openWatcher(server, CELLS_PROTOCOL)).ws.protocol).to.equal(CELLS_PROTOCOL);
    expect((await openWatcher(server)).ws.protocol).to.equal("");
    await resetGame(server, 1);
    const [worker] = await openWorkers(server, 1);
    expect(worker?.ws.protocol).to.equal("");
  });

  it("gives no watcher up for a snapshot of the largest grid and one step more", async () => {
    const { server, ...at } = await network.serve(express().use(life(() => {})));
    await openWatcher(at, CELLS_PROTOCOL);
    const [transport] = hookOf(server)?.transports ?? [];
    const step = encodeUpdates([{ step: 0, cells: new Uint32Array(MAX_SIZE ** 2) }]);
    expect(transport?.settings.maxBufferedAmount).to.be.above(2 * step.byteLength);
  });

  describe("at /games/NAME/", () => {
    it("plays games of their own, beside the default one", async () => {
      const notices: string[] = [];
      const { wsUrl } = await network.serve(express().use(life((line) => notices.push(line))));
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
      const { wsUrl } = await network.serve(express().use(life(() => {})));
      const [one, two] = [{ wsUrl: `${wsUrl}/games/one` }, { wsUrl: `${wsUrl}/games/two` }];
      const [[worker], [other]] = await Promise.all([startGame(one, 1), startGame(two, 1)]);
      await resetGame(one, 1);
      expect((await worker?.closed)?.code).to.equal(4000);
      const watcher = await openWatcher(two);
      other?.send("0 0 0 1");
      expect(await watcher.next()).to.equal("0 0 0 1");
    });

    it("is one game, however its name is written", async () => {
      const { wsUrl } = await network.serve(express().use(life(() => {})));
      const watcher = await openWatcher({ wsUrl: `${wsUrl}/games/${encodeURIComponent("e\u0301")}` });
      const [worker] = await startGame({ wsUrl: `${wsUrl}/games/${encodeURIComponent("\u00e9")}` }, 1);
      worker?.send("0 0 0 1");
      expect(await watcher.next()).to.equal("0 0 0 1");
    });

    for (const name of ["a%20b", "a.b", "x".repeat(65), "%F0%9F%98%80"]) {
      it(`refuses ${name}, before the handshake`, async () => {
        const { url } = await network.serve(
          express()
            .use(life(() => {}))
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
