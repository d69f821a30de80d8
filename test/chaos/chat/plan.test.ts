import { expect } from "chai";
import { parseMemberFrame } from "../../../handlers/chat/protocol.ts";
import { type ChaosOptions, checkOptions, type Line, planKills, planLines } from "./plan.ts";

const OPTIONS: ChaosOptions = { members: 200, rooms: 5, seconds: 60, kills: 12, seed: 7 };

function lines(seed: number, member: number, count = 1000): Line[] {
  const all = planLines(seed, member);
  return Array.from({ length: count }, () => all.next().value);
}

describe("the plan of a chaos run", () => {
  it("is the same for the same seed, and another one for another", () => {
    expect(planKills(OPTIONS)).to.deep.equal(planKills({ ...OPTIONS }));
    expect(planKills(OPTIONS)).to.not.deep.equal(planKills({ ...OPTIONS, seed: 8 }));
    expect(lines(7, 3)).to.deep.equal(lines(7, 3));
    expect(lines(7, 3)).to.not.deep.equal(lines(8, 3));
    expect(lines(7, 3)).to.not.deep.equal(lines(7, 4));
  });

  it("kills as often as it is told, in order, while members write", () => {
    const moments = planKills(OPTIONS).map(({ at }) => at);
    expect(moments).to.have.lengthOf(12);
    expect(moments).to.deep.equal([...moments].sort((a, b) => a - b));
    expect(moments.every((at) => at > 0 && at < 60_000)).to.equal(true);
  });

  it("kills each of those that can be killed", () => {
    const victims = planKills({ ...OPTIONS, kills: 50 }, 3).map(({ victim }) => victim);
    expect(new Set(victims)).to.deep.equal(new Set([0, 1, 2]));
  });

  it("says nothing that a server would not take, and some of it as long as can be", () => {
    const texts = lines(7, 3).map(({ text }) => text);
    const taken = texts.map((text) => parseMemberFrame(JSON.stringify({ type: "message", ref: "1", text })));
    expect(taken.filter(({ type }) => type !== "message")).to.deep.equal([]);
    expect(texts.some((text) => [...text].length === 4000)).to.equal(true);
    expect(new Set(texts).size).to.equal(texts.length);
  });

  for (const [wrong, message] of [
    [{ members: 4 }, "5 rooms need as many members: use --members 5 or more"],
    [{ kills: -1 }, "--kills has to be an integer from 0"],
    [{ seconds: 0.5 }, "--seconds has to be an integer from 1"],
    [{ seed: Number.NaN }, "--seed has to be an integer from 0"],
    [
      { seconds: 600 },
      "48400 messages could be said in a room, of which 10000 are kept: use more rooms, fewer members or fewer seconds",
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(() => checkOptions({ ...OPTIONS, ...wrong })).to.throw(RangeError, message);
    });
  }

  it("takes what is asked for by default", () => checkOptions(OPTIONS));
});
