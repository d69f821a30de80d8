import { expect } from "chai";
import { Games } from "../../../handlers/life/games.ts";
import { ownServices } from "../../../handlers/services.ts";
import { deferred } from "../../support/deferred.ts";

describe("Games", () => {
  const open = (log: (line: string) => void = () => {}) => new Games(ownServices(), log);
  const look = (games: Games, name: string) => games.visit(name, async (life) => life);

  it("gives each name a game of its own", async () => {
    const games = open();
    const life = await look(games, "one");
    expect(await look(games, "one")).to.equal(life);
    expect(await look(games, "two")).to.not.equal(life);
    expect(games.size).to.equal(2);
  });

  it("forgets those that nobody has visited longest, of a hundred in which there is nobody", async () => {
    const games = open();
    const first = await look(games, "first");
    const stay = deferred();
    const busy = await look(games, "busy");
    const staying = games.visit("busy", () => stay.promise);
    for (let n = 0; n < 90; n++) await look(games, `${n}`);
    expect(await look(games, "first")).to.equal(first);
    for (let n = 90; n < 150; n++) await look(games, `${n}`);
    expect(games.size).to.equal(101);
    expect(await look(games, "first")).to.equal(first);
    expect(await look(games, "busy")).to.equal(busy);
    stay.resolve();
    await staying;
  });
});
