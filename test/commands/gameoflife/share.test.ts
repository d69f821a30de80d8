import { expect } from "chai";
import { type Errand, shareOut } from "../../../commands/gameoflife/share.ts";

const ERRAND: Errand = {
  servers: [],
  name: undefined,
  game: "a-game",
  size: 5,
  wrap: true,
  states: undefined,
  speed: 1,
  steps: Number.POSITIVE_INFINITY,
  patience: 0,
  resume: false,
};

describe("shareOut", () => {
  for (const processes of [1, 2, 3, 7, 25]) {
    it(`gives each cell to one of ${processes} processes, and each about as many`, () => {
      const shares = shareOut(ERRAND, processes, () => "key");
      const cells = shares.flatMap(({ first, cells }) => Array.from({ length: cells }, (_, n) => first + n));
      expect(cells).to.deep.equal(Array.from({ length: 25 }, (_, cell) => cell));
      const sizes = shares.map(({ cells }) => cells);
      expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
    });
  }

  it("gives each process a secret of its own, and its part of the handshakes", () => {
    let keys = 0;
    const shares = shareOut(ERRAND, 3, () => `key ${keys++}`);
    expect(shares.map(({ key }) => key)).to.deep.equal(["key 0", "key 1", "key 2"]);
    expect(shares.map(({ atOnce }) => atOnce)).to.deep.equal([43, 43, 43]);
  });
});
