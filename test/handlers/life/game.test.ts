import { expect } from "chai";
import { Game, type GameEvents } from "../../../handlers/life/game.ts";
import type { Place } from "../../../handlers/life/place.ts";
import { formatUpdate, parseUpdate } from "../../../handlers/life/protocol.ts";
import { ownServices } from "../../../handlers/services.ts";
import { WebSocketError } from "../../../middleware/index.ts";
import { lehmer } from "../../support/memory-game.ts";
import { settle } from "../../support/recording-client.ts";
import { rejection } from "../../support/rejection.ts";
import { type Seat, takeSeats } from "../../support/seats.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("Game", () => {
  const network = useNetwork();
  let events: string[];

  const listener: GameEvents = {
    connected: (game) => events.push(`connected ${game.connected}`),
    subscribed: (game) => events.push(`subscribed ${game.subscribed}`),
    left: (game) => events.push(`left ${game.connected}`),
    updated: (_game, update) => events.push(formatUpdate(update)),
  };

  beforeEach(() => {
    events = [];
  });

  function open(size: number): Game {
    return new Game({ id: "a game", size }, "life/a game", ownServices(), listener);
  }

  describe("join", () => {
    it("gives a place, and tells of each worker", async () => {
      const game = open(2);
      await joinAll(game, 3);
      expect({ connected: game.connected, opened: game.allConnected.opened }).to.deep.equal({
        connected: 3,
        opened: false,
      });
      expect(events).to.deep.equal(["connected 1", "connected 2", "connected 3"]);
    });

    it("opens the latch with the last worker", async () => {
      const game = open(2);
      await joinAll(game, 4);
      expect(game.allConnected.opened).to.equal(true);
      expect(game.allSubscribed.opened).to.equal(false);
    });

    it("has no place for a worker too many", async () => {
      const game = open(1);
      const [first] = await joinAll(game, 1);
      await expectRefusal(game.join(first.ws), /too many.* all its 1$/);
      expect(events).to.deep.equal(["connected 1"]);
    });

    it("has no place once the game has started, even if one is free", async () => {
      const game = open(1);
      const [first] = await joinAll(game, 1);
      await game.ready(first.place);
      game.leave(first.place);
      await expectRefusal(game.join(first.ws), /started/);
    });
  });

  describe("phase", () => {
    it("is idle, connecting, subscribing, running, and idle when all have left", async () => {
      const game = open(2);
      const seats = await takeSeats(network, 4);
      const phases: string[] = [game.phase];
      const players: { place: Place }[] = [];
      for (const seat of seats) {
        players.push({ place: await game.join(seat.ws) });
        phases.push(game.phase);
      }
      for (const { place } of players) {
        await game.ready(place);
        phases.push(game.phase);
      }
      for (const { place } of players) {
        game.leave(place);
        phases.push(game.phase);
      }
      expect(phases.join(" ")).to.equal(
        "idle connecting connecting connecting subscribing subscribing subscribing subscribing running running running running idle",
      );
    });
  });

  describe("subscribe", () => {
    it("refuses a cell that is not on the grid", async () => {
      const game = open(3);
      const [{ place }] = await joinAll(game, 1);
      for (const [row, col] of [
        [3, 0],
        [0, 3],
        [3, 3],
        [999999999, 999999999],
      ] as const) {
        expectViolation(
          () => game.subscribe(place, { row, col }),
          `Cell ${row} ${col} is not on the 3x3 grid`,
        );
      }
      expect(place.subscriptions.size).to.equal(0);
    });
  });

  describe("ready", () => {
    it("counts, tells, and opens the latch with the last worker", async () => {
      const game = open(2);
      const players = await joinAll(game, 4);
      events = [];
      for (const { place } of players) {
        expect(game.allSubscribed.opened).to.equal(false);
        await game.ready(place);
      }
      expect(game.allSubscribed.opened).to.equal(true);
      expect(events).to.deep.equal(["subscribed 1", "subscribed 2", "subscribed 3", "subscribed 4"]);
    });
  });

  describe("relay", () => {
    it("sends a line, as it came, to those who subscribed to its cell and to nobody else", async () => {
      const game = open(2);
      const [a, b, c] = await joinAll(game, 3);
      game.subscribe(a.place, { row: 0, col: 0 });
      game.subscribe(b.place, { row: 0, col: 0 });
      game.subscribe(b.place, { row: 0, col: 1 });
      game.subscribe(c.place, { row: 1, col: 0 });
      for (const { place } of [a, b, c]) game.cells.tellEach(place);
      say(game, a, "0 0 0 1");
      say(game, b, "0 0 1 0");
      await settle(a.client, b.client, c.client);
      expect(a.client.history).to.deep.equal(["0 0 0 1"]);
      expect(b.client.history).to.deep.equal(["0 0 0 1", "0 0 1 0"]);
      expect(c.client.history).to.deep.equal([]);
    });

    it("sends a line once to one who subscribed twice", async () => {
      const game = open(1);
      const [a] = await joinAll(game, 1);
      game.subscribe(a.place, { row: 0, col: 0 });
      game.subscribe(a.place, { row: 0, col: 0 });
      game.cells.tellEach(a.place);
      say(game, a, "0 0 0 1");
      await settle(a.client);
      expect(a.client.history).to.deep.equal(["0 0 0 1"]);
    });

    it("sends first what was said before a worker ran", async () => {
      const game = open(2);
      const [a, b] = await joinAll(game, 2);
      game.subscribe(b.place, { row: 0, col: 0 });
      say(game, a, "0 0 0 1");
      say(game, a, "1 0 0 0");
      game.cells.tellEach(b.place);
      say(game, a, "2 0 0 1");
      await settle(b.client);
      expect(b.client.history).to.deep.equal(["0 0 0 1", "1 0 0 0", "2 0 0 1"]);
    });

    it("tells of each update", async () => {
      const game = open(2);
      const [a] = await joinAll(game, 1);
      events = [];
      say(game, a, "7 1 0 1");
      expect(events).to.deep.equal(["7 1 0 1"]);
    });

    it("gives a worker the cell of its first update, and no second one", async () => {
      const game = open(2);
      const [a] = await joinAll(game, 1);
      say(game, a, "0 0 1 1");
      say(game, a, "1 0 1 0");
      expectViolation(() => say(game, a, "2 1 1 1"), /one cell, not two/);
      expect([...game.lastUpdates()].map(formatUpdate)).to.deep.equal(["1 0 1 0"]);
    });

    it("refuses an update for a cell that another worker lives", async () => {
      const game = open(2);
      const [a, b] = await joinAll(game, 2);
      say(game, a, "0 0 1 1");
      expectViolation(() => say(game, b, "0 0 1 0"), /Another worker/);
      expect(b.place.cell).to.equal(undefined);
      expect([...game.lastUpdates()].map(formatUpdate)).to.deep.equal(["0 0 1 1"]);
    });

    it("refuses a cell that is not on the grid", async () => {
      const game = open(2);
      const [a] = await joinAll(game, 1);
      expectViolation(() => say(game, a, "0 0 2 1"), "Cell 0 2 is not on the 2x2 grid");
      expectViolation(() => say(game, a, "0 2 0 1"), "Cell 2 0 is not on the 2x2 grid");
      expect(events).to.deep.equal(["connected 1"]);
    });
  });

  describe("lastUpdates", () => {
    it("gives the last known state of each cell that has one, row by row", async () => {
      const game = open(3);
      const [a, b, c] = await joinAll(game, 3);
      say(game, c, "0 2 2 1");
      say(game, a, "0 0 0 1");
      say(game, b, "0 1 2 0");
      say(game, a, "1 0 0 0");
      expect([...game.lastUpdates()].map(formatUpdate)).to.deep.equal(["1 0 0 0", "0 1 2 0", "0 2 2 1"]);
    });

    it("leaves out a cell that moves on while they are taken", async () => {
      const game = open(2);
      const [a, b, c] = await joinAll(game, 3);
      say(game, a, "0 0 0 1");
      say(game, b, "0 0 1 1");
      const taken: string[] = [];
      for (const update of game.lastUpdates()) {
        taken.push(formatUpdate(update));
        if (taken.length > 1) continue;
        say(game, b, "1 0 1 0");
        say(game, c, "0 1 1 1");
      }
      expect(taken).to.deep.equal(["0 0 0 1"]);
    });

    it("keeps what a worker said after it has left", async () => {
      const game = open(1);
      const [a] = await joinAll(game, 1);
      say(game, a, "5 0 0 1");
      game.leave(a.place);
      expect([...game.lastUpdates()].map(formatUpdate)).to.deep.equal(["5 0 0 1"]);
    });

    it("is what was said last of each cell, whatever was said before", async () => {
      const size = 5;
      const game = open(size);
      const [{ ws, place }] = await joinAll(game, 1);
      const places = await Promise.all(Array.from({ length: size ** 2 - 1 }, () => game.join(ws)));
      places.push(place);
      const last = new Map<number, string>();
      const random = lehmer(7);
      for (let n = 0; n < 500; n++) {
        const cell = Math.floor(random() * size ** 2);
        const state = random() < 0.5 ? 0 : 1;
        const line = formatUpdate({ step: n, row: Math.floor(cell / size), col: cell % size, state });
        const at = places[cell];
        if (at) say(game, { place: at }, line);
        last.set(cell, line);
      }
      const expected = [...last].sort(([a], [b]) => a - b).map(([, line]) => line);
      expect([...game.lastUpdates()].map(formatUpdate)).to.deep.equal(expected);
    });
  });

  describe("leave", () => {
    it("takes the subscriptions back: nothing more is sent, though the connection is open", async () => {
      const game = open(2);
      const [a, b] = await joinAll(game, 2);
      game.subscribe(a.place, { row: 0, col: 0 });
      game.subscribe(b.place, { row: 0, col: 0 });
      for (const { place } of [a, b]) game.cells.tellEach(place);
      say(game, a, "0 0 0 1");
      game.leave(b.place);
      say(game, a, "1 0 0 0");
      await settle(a.client, b.client);
      expect(a.client.history).to.deep.equal(["0 0 0 1", "1 0 0 0"]);
      expect(b.client.history).to.deep.equal(["0 0 0 1"]);
    });

    it("takes the place back, so that another worker gets it", async () => {
      const game = open(2);
      const players = await joinAll(game, 4);
      const [a] = players;
      game.leave(a.place);
      expect(game.connected).to.equal(3);
      await game.join(a.ws);
      expect(game.connected).to.equal(4);
      expect(events.slice(-2)).to.deep.equal(["left 3", "connected 4"]);
    });

    it("takes it back from one who was subscribed: the game waits for another", async () => {
      const game = open(2);
      const [a, b, c, d] = await joinAll(game, 4);
      for (const { place } of [a, b, c]) await game.ready(place);
      game.leave(c.place);
      expect(game.subscribed).to.equal(2);
      await game.ready(d.place);
      expect(game.allSubscribed.opened).to.equal(false);
      await game.ready(await game.join(c.ws));
      expect(game.allSubscribed.opened).to.equal(true);
    });

    it("takes the cell back", async () => {
      const game = open(2);
      const [a, b] = await joinAll(game, 2);
      say(game, a, "0 1 1 1");
      game.leave(a.place);
      await untilTrue(() => game.unlived.length === 4);
      say(game, b, "1 1 1 0");
      expect([...game.lastUpdates()].map(formatUpdate)).to.deep.equal(["1 1 1 0"]);
    });
  });

  describe("end", () => {
    it("sends all workers away with 4000 and a reason", async () => {
      const game = open(2);
      const players = await joinAll(game, 3);
      game.end();
      for (const { client } of players) {
        expect(await client.closed).to.deep.equal({ code: 4000, reason: "A new game was started" });
      }
    });
  });

  type Player = Seat & { readonly place: Place };

  async function joinAll(game: Game, count: 1): Promise<[Player]>;
  async function joinAll(game: Game, count: 2): Promise<[Player, Player]>;
  async function joinAll(game: Game, count: 3): Promise<[Player, Player, Player]>;
  async function joinAll(game: Game, count: 4): Promise<[Player, Player, Player, Player]>;
  async function joinAll(game: Game, count: number): Promise<Player[]> {
    const seats = await takeSeats(network, count);
    return Promise.all(seats.map(async (seat) => ({ ...seat, place: await game.join(seat.ws) })));
  }
});

function say(game: Game, { place }: { place: Place }, line: string): void {
  const update = parseUpdate(line);
  if (!update) throw new Error(`No update: ${line}`);
  game.relay(place, update);
}

function expectViolation(act: () => void, reason: RegExp | string): void {
  expect(act).to.throw(WebSocketError, reason).that.has.property("closeCode", 1008);
}

async function expectRefusal(act: Promise<unknown>, reason: RegExp): Promise<void> {
  expect(await rejection(act))
    .to.be.instanceOf(WebSocketError)
    .that.has.property("message")
    .that.matches(reason)
    .and.matches(/^1008 /);
}
