import { expect } from "chai";
import { Facts } from "../../../handlers/life/facts.ts";
import { StepListener } from "../../../handlers/life/step-listener.ts";
import { MAX_HEARD } from "../../../handlers/life/steps-protocol.ts";
import { lehmer } from "../../support/memory-game.ts";
import { type RecordingClient, settle } from "../../support/recording-client.ts";
import { takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("StepListener", () => {
  const network = useNetwork();

  /** A listener to so many cells, from step 0 on, their bits, and what its worker receives. */
  async function open(cells: number): Promise<[StepListener, number[], RecordingClient]> {
    const { start, bits, client } = await prepare(cells);
    return [start(0), bits, client];
  }

  /** The same before the start, and what is known of the cells. */
  async function prepare(cells: number) {
    const [seat] = await takeSeats(network, 1);
    if (!seat) throw new Error("No seat");
    const facts = new Facts(cells);
    const numbers = Array.from({ length: cells }, (_, cell) => cell);
    const start = (step: number) => new StepListener(seat.ws, facts, numbers, step);
    return { facts, start, bits: numbers.map((cell) => 2 ** cell), client: seat.client };
  }

  /** Has a cell tell its state. */
  function tell(facts: Facts, listener: StepListener, cell: number, step: number, state: 0 | 1): void {
    facts.put(cell, step, state);
    listener.hear(2 ** cell, step, state);
  }

  it("sends a step when the last cell has told its state, and not before", async () => {
    const [listener, , client] = await open(3);
    listener.hear(4, 0, 1);
    listener.hear(1, 0, 1);
    await settle(client);
    expect(client.history).to.deep.equal([]);
    listener.hear(2, 0, 0);
    await settle(client);
    expect(client.history).to.deep.equal(["0 5"]);
  });

  it("keeps what is told of the next step until its turn comes", async () => {
    const [listener, , client] = await open(2);
    listener.hear(1, 0, 0);
    listener.hear(1, 1, 1);
    listener.hear(2, 0, 1);
    await settle(client);
    expect(client.history).to.deep.equal(["0 2"]);
    listener.hear(2, 1, 0);
    await settle(client);
    expect(client.history).to.deep.equal(["0 2", "1 1"]);
  });

  it("hears of nothing twice", async () => {
    const [listener, , client] = await open(2);
    for (const state of [1, 0] as const) listener.hear(1, 0, state);
    for (const state of [0, 1] as const) listener.hear(1, 1, state);
    listener.hear(2, 0, 0);
    listener.hear(1, 0, 0);
    listener.hear(2, 1, 0);
    await settle(client);
    expect(client.history).to.deep.equal(["0 1", "1 0"]);
  });

  it("begins where the worker stands, with what is known by then", async () => {
    const { facts, start, client } = await prepare(2);
    facts.merge(0, { step: 8, history: 0b101 });
    facts.merge(1, { step: 6, history: 0b11 });
    const listener = start(7);
    tell(facts, listener, 1, 7, 1);
    await settle(client);
    expect(client.history).to.deep.equal(["7 2"]);
    tell(facts, listener, 1, 8, 0);
    await settle(client);
    expect(client.history).to.deep.equal(["7 2", "8 1"]);
  });

  it("looks up what was told too early", async () => {
    const { facts, start, client } = await prepare(2);
    const listener = start(0);
    for (const [step, state] of ([1, 0, 1, 1, 0] as const).entries()) tell(facts, listener, 0, step, state);
    for (const step of [0, 1, 2, 3, 4]) tell(facts, listener, 1, step, 1);
    await settle(client);
    expect(client.history).to.deep.equal(["0 3", "1 2", "2 3", "3 3", "4 2"]);
  });

  it("closes with 1013 where what it needs is too long ago", async () => {
    const { facts, start, client } = await prepare(1);
    facts.merge(0, { step: 30, history: 0xffff });
    start(10);
    expect(await client.closed).to.deep.equal({ code: 1013, reason: "Too far behind: come again" });
  });

  it("listens to as many cells as a line can tell of", async () => {
    const [listener, bits, client] = await open(MAX_HEARD);
    for (const bit of bits) listener.hear(bit, 0, 1);
    await settle(client);
    expect(client.history).to.deep.equal(["0 536870911"]);
  });

  it("sends each step once, complete and in order, in whatever order its cells tell theirs", async () => {
    const random = lehmer(5);
    const [listener, bits, client] = await open(8);
    const told = bits.map(() => 0);
    const expected: number[] = [];
    for (let step = 0; step < 200; ) {
      const index = Math.floor(random() * bits.length);
      const at = told[index] ?? 0;
      if (at > step + 1) continue;
      const state = random() < 0.3 ? 1 : 0;
      expected[at] = (expected[at] ?? 0) + (bits[index] ?? 0) * state;
      told[index] = at + 1;
      listener.hear(bits[index] ?? 0, at, state);
      step = Math.min(...told);
    }
    await settle(client);
    expect(client.history).to.deep.equal(expected.slice(0, 200).map((sum, step) => `${step} ${sum}`));
  });
});
