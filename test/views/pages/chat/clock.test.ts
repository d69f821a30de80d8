import { expect } from "chai";
import { createClock } from "../../../../views/pages/chat/room/clock.ts";

describe("createClock", () => {
  const iso = "2026-11-25T23:05:09.000Z";

  it("writes local times in the reader's language", () => {
    const clock = createClock("en-GB", "Europe/Berlin");
    expect(clock.time(iso)).to.equal("00:05");
    expect(clock.day(iso)).to.match(/^Thursday,? 26 November 2026$/);
    expect(clock.full(iso)).to.match(/^Thursday,? 26 November 2026 at 00:05:09$/);
  });

  it("knows that the day depends on where one is", () => {
    expect(createClock("en-GB", "UTC").day(iso)).to.match(/^Wednesday,? 25 November 2026$/);
  });
});
