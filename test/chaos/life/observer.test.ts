import { expect } from "chai";
import { cellsOf, startGame } from "../../support/life-clients.ts";
import { serveLife } from "../../support/life-server.ts";
import { startTcpProxy } from "../../support/tcp-proxy.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";
import { Observer } from "./observer.ts";

describe("the watcher of a chaos run of the Game of Life", () => {
  const network = useNetwork();

  it("sees each state, and comes back when its connection is lost", async () => {
    const server = await serveLife(network);
    const proxy = await startTcpProxy(Number(new URL(server.url).port));
    const observer = new Observer(`ws://127.0.0.1:${proxy.port}`, 2);
    const workers = await startGame(server, 2);
    const tell = (step: number): void => {
      for (const [index, cell] of cellsOf(2).entries()) workers[index]?.send(`${step} ${cell} ${index % 2}`);
    };
    tell(0);
    await untilTrue(() => observer.sightings.step === 0);
    proxy.cut();
    await untilTrue(() => observer.sightings.step === -1);
    tell(1);
    await untilTrue(() => observer.sightings.step === 1);
    expect(observer.connections).to.equal(2);
    expect([0, 1, 2, 3].map((cell) => observer.sightings.statesAt(1, cell))).to.deep.equal([
      [0],
      [1],
      [0],
      [1],
    ]);
    await observer.close();
    expect(observer.sightings).to.include({ step: 1, count: 8 });
    proxy.end();
  });
});
