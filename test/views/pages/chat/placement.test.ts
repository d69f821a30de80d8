import { expect } from "chai";
import { placement } from "../../../../views/pages/chat/room/placement.ts";

describe("placement", () => {
  /** Local time, so that the days are those of whoever runs the test. */
  const said = (nick: string, day: number, hour = 12) => ({
    nick,
    time: new Date(2026, 10, day, hour).toISOString(),
  });

  it("puts the day and the author before the first message", () => {
    expect(placement(undefined, said("Ann", 1))).to.deep.equal({ day: true, author: true });
  });

  it("goes on with an author's group for as long as the day lasts", () => {
    expect(placement(said("Ann", 1, 0), said("Ann", 1, 23))).to.deep.equal({ day: false, author: false });
  });

  it("begins a group with another author", () => {
    expect(placement(said("Ann", 1), said("Ben", 1))).to.deep.equal({ day: false, author: true });
  });

  it("begins a day at local midnight, and with it a group", () => {
    expect(placement(said("Ann", 1, 23), said("Ann", 2, 0))).to.deep.equal({ day: true, author: true });
  });
});
