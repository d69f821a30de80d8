import { expect } from "chai";
import { CELLS_PROTOCOL } from "../../../handlers/life/cells-protocol.ts";
import { Game } from "../../../handlers/life/game.ts";
import { parseUpdate } from "../../../handlers/life/protocol.ts";
import { Watchers } from "../../../handlers/life/watchers.ts";
import { ownServices } from "../../../handlers/services.ts";
import { decodeAll } from "../../support/cells-view.ts";
import { settle } from "../../support/recording-client.ts";
import { type Seat, takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

const SIZE = 4;

describe("Watchers", () => {
  const network = useNetwork();
  let watchers: Watchers;
  let lines: Seat;
  let cells: Seat;

  beforeEach(async () => {
    watchers = new Watchers(1000);
    [lines] = await takeOne();
    [cells] = await takeOne(CELLS_PROTOCOL);
    watchers.add(lines.ws);
    watchers.add(cells.ws);
  });

  it("send each update to each, in the format that it asked for", async () => {
    update("0 1 2 1");
    update("0 0 0 0");
    await settle(lines.client, cells.client);
    expect(lines.client.history).to.deep.equal(["0 1 2 1", "0 0 0 0"]);
    expect(decode()).to.deep.equal([{ kind: "updates", blocks: [{ step: 0, cells: [13, 0] }] }]);
  });

  it("send a batch before the turn is over when they are flushed", async () => {
    update("0 1 2 1");
    watchers.flush();
    update("0 0 0 0");
    await settle(cells.client);
    expect(decode()).to.have.length(2);
  });

  it("announce a game to those who can read it, behind the updates of what was before", async () => {
    update("9 1 2 1");
    watchers.announce(idleGame(8));
    await settle(lines.client, cells.client);
    expect(lines.client.history).to.deep.equal(["9 1 2 1"]);
    expect(decode()).to.deep.equal([
      { kind: "updates", blocks: [{ step: 9, cells: [13] }] },
      { kind: "game", size: 8, phase: "idle", connected: 0, subscribed: 0 },
    ]);
  });

  it("send nothing to one who was deleted, while the connection is open", async () => {
    watchers.delete(lines.ws);
    watchers.delete(cells.ws);
    update("0 1 2 1");
    watchers.announce(idleGame(8));
    await settle(lines.client, cells.client);
    expect([lines.client.history, cells.client.history]).to.deep.equal([[], []]);
  });

  it("keep no updates for a watcher of cells who comes later", async () => {
    watchers.delete(cells.ws);
    update("0 1 2 1");
    watchers.add(cells.ws);
    await settle(cells.client);
    expect(decode()).to.deep.equal([]);
  });

  it("take a watcher twice as once, and do not mind one who is not there", async () => {
    watchers.add(lines.ws);
    update("0 1 2 1");
    watchers.flush();
    watchers.delete(lines.ws);
    watchers.delete(lines.ws);
    update("1 1 2 1");
    await settle(lines.client);
    expect(lines.client.history).to.deep.equal(["0 1 2 1"]);
  });

  it("pass over one who is closing, and go on with the others", async () => {
    const [other] = await takeOne();
    watchers.add(other.ws);
    lines.client.ws.close();
    await lines.ws.closed;
    update("0 1 2 1");
    await settle(other.client);
    expect(other.client.history).to.deep.equal(["0 1 2 1"]);
  });

  async function takeOne(...protocols: string[]): Promise<[Seat]> {
    const [seat] = await takeSeats(network, 1, { protocols });
    if (!seat) throw new Error("No seat");
    return [seat];
  }

  function update(line: string): void {
    const parsed = parseUpdate(line);
    if (!parsed) throw new Error(`No update: ${line}`);
    watchers.updated(SIZE, parsed);
  }

  function decode() {
    return decodeAll(cells.client.history).map((frame) =>
      frame.kind === "game"
        ? frame
        : { ...frame, blocks: frame.blocks.map((block) => ({ ...block, cells: Array.from(block.cells) })) },
    );
  }
});

function idleGame(size: number): Game {
  return new Game({ id: "a game", size }, "life/a game", ownServices(), {
    connected() {},
    subscribed() {},
    left() {},
    updated() {},
  });
}
