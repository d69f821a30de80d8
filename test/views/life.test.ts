import { expect } from "chai";
import express from "express";
import { CELLS_PROTOCOL, encodeUpdates, MAX_SIZE } from "../../handlers/life/protocol.ts";
import { hookOf } from "../../middleware/hook.ts";
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
});
