import { expect } from "chai";
import { MAX_HEARD } from "../../../handlers/life/protocol.ts";
import { StepListener } from "../../../handlers/life/step-listener.ts";
import { WebSocketError } from "../../../middleware/index.ts";
import { lehmer } from "../../support/memory-game.ts";
import { type RecordingClient, settle } from "../../support/recording-client.ts";
import { takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("StepListener", () => {
  const network = useNetwork();

  /** A listener to so many cells, their bits, and what its worker receives. */
  async function open(cells: number): Promise<[StepListener, number[], RecordingClient]> {
    const [seat] = await takeSeats(network, 1);
    if (!seat) throw new Error("No seat");
    const listener = new StepListener(seat.ws);
    return [listener, Array.from({ length: cells }, () => listener.add()), seat.client];
  }

  it("gives each cell a bit of its own", async () => {
    const [, bits] = await open(4);
    expect(bits).to.deep.equal([1, 2, 4, 8]);
  });

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

  it("closes with 1008 where a cell is two steps ahead: one of them could not be kept", async () => {
    const [listener, , client] = await open(2);
    listener.hear(1, 0, 0);
    listener.hear(1, 1, 0);
    listener.hear(1, 2, 0);
    expect(await client.closed).to.deep.equal({
      code: 1008,
      reason: "Heard of step 2 before step 0 was complete",
    });
  });

  it("listens to so many cells and no more", async () => {
    const [listener, bits, client] = await open(MAX_HEARD);
    expect(() => listener.add())
      .to.throw(WebSocketError, "29 cells")
      .that.has.property("closeCode", 1008);
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
