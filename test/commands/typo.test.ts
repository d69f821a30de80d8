import { expect } from "chai";
import { isOneTypoApart } from "../../commands/typo.ts";

describe("isOneTypoApart", () => {
  for (const [typed, how] of [
    ["delayy", "has a letter too many at the end"],
    ["ddelay", "has a letter too many at the beginning"],
    ["dela", "lacks the last letter"],
    ["elay", "lacks the first letter"],
    ["deley", "has a wrong letter"],
    ["dealy", "has two letters that changed places"],
    ["edlay", "has the first two letters the other way round"],
  ] as const) {
    it(`is true where one ${how}`, () => {
      expect(isOneTypoApart(typed, "delay")).to.equal(true);
      expect(isOneTypoApart("delay", typed)).to.equal(true);
    });
  }

  for (const typed of ["delay", "depth", "daley", "del", "", "eyald"]) {
    it(`is false for ${JSON.stringify(typed)} and "delay"`, () => {
      expect(isOneTypoApart(typed, "delay")).to.equal(false);
    });
  }
});
