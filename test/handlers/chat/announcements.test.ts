import { expect } from "chai";
import { Announcements } from "../../../handlers/chat/announcements.ts";
import { settle } from "../../support/recording-client.ts";
import { type Seat, takeSeats } from "../../support/seats.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

const CROWD = 60;

describe("Announcements", () => {
  const network = useNetwork();
  let announcements: Announcements;
  let seats: Seat[];

  async function seat(count: number): Promise<void> {
    announcements = new Announcements();
    seats = await takeSeats(network, count);
    for (const { ws } of seats) announcements.add(ws);
  }

  function histories(): Promise<string[]> {
    return settle(...seats.map(({ client }) => client)).then(() =>
      seats.map(({ client }) => client.history.join()),
    );
  }

  it("reach a few at once", async () => {
    await seat(2);
    announcements.tell("one");
    announcements.tell("two");
    expect(await histories()).to.deep.equal(["one,two", "one,two"]);
  });

  it("reach a crowd in order, in their own time", async () => {
    await seat(CROWD);
    announcements.tell("one");
    announcements.tell("two");
    await untilTrue(() => seats.every(({ client }) => client.history.length === 2));
    expect(new Set(await histories())).to.deep.equal(new Set(["one,two"]));
  });

  it("reach a crowd at once where that is asked for, and once", async () => {
    await seat(CROWD);
    announcements.tell("one");
    announcements.flush();
    announcements.flush();
    expect(new Set(await histories())).to.deep.equal(new Set(["one"]));
  });

  it("leave out what was told before somebody came, and all once it has gone", async () => {
    await seat(CROWD + 1);
    const [late, gone] = seats;
    if (!late || !gone) throw new Error("No seats");
    announcements.delete(late.ws);
    announcements.tell("before");
    announcements.add(late.ws);
    announcements.tell("behind");
    announcements.delete(gone.ws);
    announcements.flush();
    announcements.tell("more");
    announcements.flush();
    const [lately, never, ...others] = await histories();
    expect({ lately, never }).to.deep.equal({ lately: "behind,more", never: "" });
    expect(new Set(others)).to.deep.equal(new Set(["before,behind,more"]));
  });
});
