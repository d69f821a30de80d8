import { expect } from "chai";
import { GAMES, withNeeded } from "../../../../commands/bench/life/games.ts";

describe("the games of the bench", () => {
  const names = (...wanted: string[]) =>
    withNeeded(GAMES.filter(({ name }) => wanted.includes(name))).map(({ name }) => name);

  it("need the game without a watcher beside that with one that never reads", () => {
    expect(names("stuck")).to.deep.equal(["small", "stuck"]);
    expect(names("stuck", "small")).to.deep.equal(["small", "stuck"]);
  });

  it("do without what they are merely compared with", () => {
    expect(names("small")).to.deep.equal(["small"]);
    expect(names("original", "large")).to.deep.equal(["original", "large"]);
  });
});
