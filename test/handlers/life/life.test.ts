import { expect } from "chai";
import { createApp } from "../../../app.ts";
import { CELLS_PROTOCOL } from "../../../handlers/life/cells-protocol.ts";
import { Life } from "../../../handlers/life/life.ts";
import { ownServices } from "../../../handlers/services.ts";
import { joinGame, openWatcher, resetGame, startGame } from "../../support/life-clients.ts";
import { serveLife } from "../../support/life-server.ts";
import { settle } from "../../support/recording-client.ts";
import { takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("Life", () => {
  const network = useNetwork();

  function open(log: (line: string) => void = () => {}): Life {
    return new Life({ shared: ownServices(), group: "life/a game", log });
  }

  it("has a grid of 32x32 cells before anyone starts a game", () => {
    expect(open().game).to.include({ size: 32, phase: "idle" });
  });

  it("gives notice of every hundred workers and of the last, as the original does", async () => {
    const notices: string[] = [];
    const server = await network.serve(createApp({ notice: (line) => notices.push(line) }));
    await startGame(server, 15, () => ["0 0"]);
    expect(notices).to.deep.equal([
      "  100 workers connected",
      "  200 workers connected",
      "  225 workers connected",
      "  100 workers subscribed",
      "  200 workers subscribed",
      "  225 workers subscribed",
    ]);
  });

  it("gives notice once where the last worker is a hundredth", async () => {
    const server = await serveLife(network);
    await startGame(server, 10, () => []);
    expect(server.notices).to.deep.equal(["  100 workers connected", "  100 workers subscribed"]);
  });

  it("gives notice of the last worker of a small game", async () => {
    const server = await serveLife(network);
    await startGame(server, 2);
    expect(server.notices).to.deep.equal(["    4 workers connected", "    4 workers subscribed"]);
  });

  it("is played game after game, on one app", async () => {
    const server = await serveLife(network);
    for (const size of [2, 1, 3]) {
      const workers = await startGame(server, size);
      workers[0]?.send("0 0 0 1");
      await settle(...workers);
      for (const { history } of workers) expect(history).to.deep.equal(["sub", "run", "0 0 0 1"]);
    }
  });

  it("is not shared by two apps", async () => {
    const [one, two] = [await network.serve(createApp()), await network.serve(createApp())];
    await resetGame(one, 1);
    await resetGame(two, 2);
    const watcher = await openWatcher(two);
    const [worker] = await joinGame(one, 1);
    worker?.send("0 0 0 1");
    if (worker) await settle(worker, watcher);
    expect(worker?.history).to.deep.equal(["sub", "run", "0 0 0 1"]);
    expect(watcher.history).to.deep.equal([]);
    await joinGame(two, 2);
  });

  it("passes over what happens in a game that has been replaced", async () => {
    const notices: string[] = [];
    const life = open((line) => notices.push(line));
    const [worker, watcher] = await takeSeats(network, 2);
    const [cells] = await takeSeats(network, 1, { protocols: [CELLS_PROTOCOL] });
    if (!worker || !watcher || !cells) throw new Error("No seats");
    await life.reset(1);
    const old = life.game;
    const place = await old.join(worker.ws);
    await life.reset(2);
    life.watchers.add(watcher.ws);
    life.watchers.add(cells.ws);
    old.relay(place, { step: 0, row: 0, col: 0, state: 1 });
    old.leave(place);
    await settle(watcher.client, cells.client);
    expect([watcher.client.history, cells.client.history]).to.deep.equal([[], []]);
    expect(notices).to.deep.equal(["    1 workers connected"]);
  });
});
