import { expect } from "chai";
import { roomSummary } from "../../../../views/pages/chat/lobby/room-item.ts";

describe("roomSummary", () => {
  const now = Date.parse("2026-11-26T12:00:00.000Z");

  it("says how many are there, and when something was said last", () => {
    expect(roomSummary({ room: "tea", members: 2, time: "2026-11-26T11:55:00.000Z" }, now)).to.equal(
      "2 here · last message 5 minutes ago",
    );
    expect(roomSummary({ room: "tea", members: 0, time: "2026-11-26T11:59:59.000Z" }, now)).to.equal(
      "nobody here · last message just now",
    );
    expect(roomSummary({ room: "tea", members: 1 }, now)).to.equal("1 here");
  });
});
