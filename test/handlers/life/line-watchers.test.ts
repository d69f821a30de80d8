import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { LineWatchers } from "../../../handlers/life/line-watchers.ts";
import { settle } from "../../support/recording-client.ts";
import { type Seat, takeSeats } from "../../support/seats.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

const SIZE = 1000;

/** How many updates a test makes at once: about 40 kB as lines. */
const MANY = 2000;

describe("LineWatchers", () => {
  const network = useNetwork();
  let step: number;

  beforeEach(() => {
    step = 0;
  });

  async function take(count: number): Promise<Seat[]> {
    return takeSeats(network, count);
  }

  /** Passes on updates of the next step; gives their lines. */
  function pass(watchers: LineWatchers, count: number): string[] {
    step += 1;
    return Array.from({ length: count }, (_, index) => {
      const [row, col] = [Math.floor(index / SIZE), index % SIZE];
      watchers.updated(SIZE, { step, row, col, state: 1 });
      return `${step} ${row} ${col} 1`;
    });
  }

  /** Lets a watcher fall behind, whose client has stopped reading; gives the lines that were passed on. */
  async function fallBehind(watchers: LineWatchers, { ws, client }: Seat): Promise<string[]> {
    client.ws.pause();
    const lines: string[] = [];
    while (ws.bufferedAmount === 0) {
      lines.push(...pass(watchers, MANY));
      await nextTurn();
      await nextTurn();
    }
    return lines;
  }

  it("sends the updates of a turn at its end, in order", async () => {
    const [a, b] = await take(2);
    const watchers = new LineWatchers(MANY);
    if (a) watchers.add(a.ws);
    if (b) watchers.add(b.ws);
    const lines = pass(watchers, 3);
    expect(a?.ws.bufferedAmount).to.equal(0);
    if (a && b) await settle(a.client, b.client);
    expect([a?.client.history, b?.client.history]).to.deep.equal([lines, lines]);
  });

  it("keeps games of different sizes apart", async () => {
    const [a] = await take(1);
    const watchers = new LineWatchers(MANY);
    if (a) watchers.add(a.ws);
    watchers.updated(2, { step: 3, row: 1, col: 0, state: 1 });
    watchers.updated(5, { step: 0, row: 1, col: 4, state: 0 });
    if (a) await settle(a.client);
    expect(a?.client.history).to.deep.equal(["3 1 0 1", "0 1 4 0"]);
  });

  it("sends one who was behind all that it has missed, in order, and goes on", async () => {
    const [sleeper, reader] = await take(2);
    if (!sleeper || !reader) throw new Error("No seats");
    const watchers = new LineWatchers(Number.POSITIVE_INFINITY);
    watchers.add(sleeper.ws);
    watchers.add(reader.ws);
    const lines = await fallBehind(watchers, sleeper);
    for (let n = 0; n < 100; n += 1) {
      lines.push(...pass(watchers, MANY));
      await nextTurn();
    }
    sleeper.client.ws.resume();
    await untilTrue(() => sleeper.client.history.length === lines.length);
    lines.push(...pass(watchers, 1));
    await settle(sleeper.client, reader.client);
    expect(sleeper.client.history).to.deep.equal(lines);
    expect(reader.client.history).to.deep.equal(lines);
  });

  it("makes no lines for one who does not read, and closes it with 1013 in the end", async () => {
    const [sleeper] = await take(1);
    if (!sleeper) throw new Error("No seat");
    const watchers = new LineWatchers(20 * MANY);
    watchers.add(sleeper.ws);
    await fallBehind(watchers, sleeper);
    let most = 0;
    while (!sleeper.ws.signal.aborted) {
      pass(watchers, MANY);
      await nextTurn();
      most = Math.max(most, sleeper.ws.bufferedAmount);
    }
    expect(sleeper.ws.signal.reason).to.include({ closeCode: 1013, reason: "Too far behind" });
    expect(most).to.be.below(512 * 1024);
    expect(watchers.size).to.equal(0);
    sleeper.client.ws.terminate();
  });

  it("sends nothing more to one who was deleted while it was behind", async () => {
    const [sleeper] = await take(1);
    if (!sleeper) throw new Error("No seat");
    const watchers = new LineWatchers(Number.POSITIVE_INFINITY);
    watchers.add(sleeper.ws);
    await fallBehind(watchers, sleeper);
    watchers.delete(sleeper.ws);
    pass(watchers, 1);
    sleeper.client.ws.resume();
    await settle(sleeper.client);
    expect(watchers.size).to.equal(0);
    expect(sleeper.client.history).to.not.include(`${step} 0 0 1`);
  });
});
