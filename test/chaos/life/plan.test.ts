import { expect } from "chai";
import { type Fault, KINDS, nameOf, sizeOf } from "./fault.ts";
import { type ChaosOptions, checkOptions, isBearable, planMoments } from "./plan.ts";

const OPTIONS: ChaosOptions = { size: 32, steps: 500, speed: 10, faults: 24, pause: 5000, seed: 7 };

function fault(name: string): Fault {
  const [action = "", victim = "", index = "0"] = name.split(" ");
  const kind = KINDS.find((kind) => nameOf(kind) === `${action} ${victim}`);
  if (!kind) throw new RangeError(name);
  return { ...kind, index: Number(index), lasts: 0 };
}

/** The faults of many plans. */
function manyFaults(): Fault[] {
  return Array.from({ length: 50 }, (_, seed) => planMoments({ ...OPTIONS, seed })).flatMap((moments) =>
    moments.flatMap(({ faults }) => faults),
  );
}

describe("the plan of a chaos run of the Game of Life", () => {
  it("is the same for the same seed, and another one for another", () => {
    expect(planMoments(OPTIONS)).to.deep.equal(planMoments({ ...OPTIONS }));
    expect(planMoments(OPTIONS)).to.not.deep.equal(planMoments({ ...OPTIONS, seed: 8 }));
  });

  it("has as many faults as it is told, in order, so that what failed is back before the end", () => {
    const moments = planMoments(OPTIONS);
    const steps = moments.map(({ step }) => step);
    expect(moments.flatMap(({ faults }) => faults)).to.have.lengthOf(24);
    expect(steps).to.deep.equal([...steps].sort((a, b) => a - b));
    expect(steps.every((step) => step >= 1 && step <= 400)).to.equal(true);
  });

  it("has each kind of fault equally often", () => {
    const names = planMoments(OPTIONS).flatMap(({ faults }) => faults.map(nameOf));
    for (const kind of KINDS) expect(names.filter((name) => name === nameOf(kind))).to.have.lengthOf(3);
  });

  it("strikes each of those that can fail", () => {
    const struck = new Set(manyFaults().map(({ victim, index }) => `${victim} ${index}`));
    const victims = (["server", "client", "redis", "link"] as const).map(sizeOf);
    expect(struck.size).to.equal(victims.reduce((sum, size) => sum + size));
  });

  it("lets some faults strike at one moment, none of which nobody could come back from", () => {
    const plans = Array.from({ length: 50 }, (_, seed) => planMoments({ ...OPTIONS, seed }));
    const together = plans.flat().filter(({ faults }) => faults.length > 1);
    expect(together).to.not.deep.equal([]);
    expect(together.filter(({ faults }) => !isBearable(faults))).to.deep.equal([]);
  });

  it("lets a process that is stopped stand still for as long as it is told", () => {
    const stops = manyFaults().filter(({ action }) => action === "stop");
    expect(new Set(stops.map(({ lasts }) => lasts))).to.deep.equal(new Set([5000]));
  });

  for (const [names, isIt] of [
    [["kill server 0", "kill server 1", "kill redis"], true],
    [["kill client 0", "kill client 1", "kill server 1", "kill redis"], true],
    [["kill server 0", "kill server 1", "stop client 0", "cut link 0"], true],
    [["kill server 0", "kill server 1", "kill client 0"], false],
    [["kill server 0", "stop server 0"], false],
  ] as const) {
    it(`takes ${names.join(", ")} at once for ${isIt ? "bearable" : "too much"}`, () => {
      expect(isBearable(names.map(fault))).to.equal(isIt);
    });
  }

  for (const [wrong, message] of [
    [{ size: 1 }, "--size has to be an integer from 2"],
    [{ steps: 1.5 }, "--steps has to be an integer from 2"],
    [{ faults: -1 }, "--faults has to be an integer from 0"],
    [{ seed: Number.NaN }, "--seed has to be an integer from 0"],
    [{ speed: 0 }, "--speed has to be a number above 0"],
    [{ pause: -1 }, "--pause has to be an integer from 0"],
  ] as const) {
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      expect(() => checkOptions({ ...OPTIONS, ...wrong })).to.throw(RangeError, message);
    });
  }

  it("takes what is asked for by default", () => checkOptions(OPTIONS));
});
