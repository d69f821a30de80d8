import { expect } from "chai";
import { Audience } from "../../../handlers/life/audience.ts";
import { Facts } from "../../../handlers/life/facts.ts";
import { StepListener } from "../../../handlers/life/step-listener.ts";
import { settle } from "../../support/recording-client.ts";
import { type Seat, takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

const UPDATE = { step: 0, row: 3, col: 4, state: 1 } as const;

/** Adds a worker that gets each update, and one that gets whole steps. */
function add(audience: Audience, lines: Seat, steps: Seat): StepListener {
  const listener = new StepListener(steps.ws, new Facts(9), [7], 0);
  audience.add(lines.ws);
  audience.addListener(listener, 1);
  return listener;
}

describe("Audience", () => {
  const network = useNetwork();

  async function takeTwo(): Promise<[Seat, Seat]> {
    const [a, b] = await takeSeats(network, 2);
    if (!a || !b) throw new Error("No seats");
    return [a, b];
  }

  it("tells each worker in its own way", async () => {
    const [lines, steps] = await takeTwo();
    const audience = new Audience();
    add(audience, lines, steps);
    audience.tell(UPDATE);
    await settle(lines.client, steps.client);
    expect([lines.client.history, steps.client.history]).to.deep.equal([["0 3 4 1"], ["0 1"]]);
  });

  it("tells nothing to those who have left", async () => {
    const [lines, steps] = await takeTwo();
    const audience = new Audience();
    const listener = add(audience, lines, steps);
    audience.delete(lines.ws, undefined);
    audience.delete(steps.ws, listener);
    audience.tell(UPDATE);
    await settle(lines.client, steps.client);
    expect([lines.client.history, steps.client.history]).to.deep.equal([[], []]);
  });
});
