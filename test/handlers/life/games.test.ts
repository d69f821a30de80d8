import { expect } from "chai";
import { Games } from "../../../handlers/life/games.ts";

describe("Games", () => {
  it("gives each name a game of its own", () => {
    const games = new Games(() => {});
    const life = games.get("one");
    expect(games.get("one")).to.equal(life);
    expect(games.get("two")).to.not.equal(life);
    expect(games.size).to.equal(2);
  });

  it("forgets those that nobody has asked for longest, of a hundred in which there is nobody", () => {
    const games = new Games(() => {});
    const first = games.get("first");
    const busy = games.get("busy");
    Object.defineProperty(busy, "isIdle", { value: false });
    for (let n = 0; n < 90; n++) games.get(`${n}`);
    expect(games.get("first")).to.equal(first);
    for (let n = 90; n < 150; n++) games.get(`${n}`);
    expect(games.size).to.equal(101);
    expect(games.get("first")).to.equal(first);
    expect(games.get("busy")).to.equal(busy);
  });
});
