import { expect } from "chai";
import { Audience } from "../../../handlers/life/audience.ts";
import { StepListener } from "../../../handlers/life/step-listener.ts";
import { settle } from "../../support/recording-client.ts";
import { type Seat, takeSeats } from "../../support/seats.ts";
import { useNetwork } from "../../support/use-network.ts";

const UPDATE = { step: 0, row: 3, col: 4, state: 1 } as const;

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
    audience.add(lines.ws, undefined);
    audience.add(steps.ws, new StepListener(steps.ws));
    audience.tell(UPDATE);
    await settle(lines.client, steps.client);
    expect([lines.client.history, steps.client.history]).to.deep.equal([["0 3 4 1"], ["0 1"]]);
  });

  it("counts a worker once that is added twice", async () => {
    const [lines, steps] = await takeTwo();
    const audience = new Audience();
    const listener = new StepListener(steps.ws);
    for (let n = 0; n < 2; n += 1) {
      audience.add(lines.ws, undefined);
      audience.add(steps.ws, listener);
    }
    audience.tell(UPDATE);
    await settle(lines.client, steps.client);
    expect([lines.client.history, steps.client.history]).to.deep.equal([["0 3 4 1"], ["0 1"]]);
  });

  it("tells nothing to those who have left", async () => {
    const [lines, steps] = await takeTwo();
    const audience = new Audience();
    const listener = new StepListener(steps.ws);
    audience.add(lines.ws, undefined);
    audience.add(steps.ws, listener);
    audience.delete(lines.ws, undefined);
    audience.delete(steps.ws, listener);
    audience.tell(UPDATE);
    await settle(lines.client, steps.client);
    expect([lines.client.history, steps.client.history]).to.deep.equal([[], []]);
  });
});
