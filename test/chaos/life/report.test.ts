import { expect } from "chai";
import type { Outcome } from "./chaos.ts";
import { KINDS } from "./fault.ts";
import type { ChaosOptions } from "./plan.ts";
import { report } from "./report.ts";

const OPTIONS: ChaosOptions = {
  size: 12,
  pattern: "glider",
  steps: 9,
  speed: 10,
  faults: 8,
  pause: 5000,
  seed: 42,
};

const OUTCOME: Outcome = {
  struck: [...KINDS, ...KINDS.slice(0, 1)].map((kind) => ({ ...kind, index: 0, lasts: 0 })),
  views: [
    { seen: 1440, step: 9, reconnections: 0 },
    { seen: 1000, step: 9, reconnections: 3 },
  ],
  seconds: 12.34,
  findings: [],
};

describe("the report of a chaos run of the Game of Life", () => {
  it("shows what failed, what was seen, and the seed", () => {
    const text = report(OPTIONS, OUTCOME);
    expect(text).to.match(/│ server 0 │ +9 │ +1440 │ 1440 │ +0 │/);
    expect(text).to.match(/│ server 1 │ +9 │ +1000 │ 1440 │ +3 │/);
    expect(text).to.contain("\n9 of 8 faults: kill server 2, kill client 1, kill redis 1, stop server 1, ");
    expect(text).to.match(/\n12x12 cells, 9 steps, 12.3 s: wrong 0, contradicted 0, unfinished 0\nseed 42$/);
  });

  it("tells the first of each kind that is wrong, and how to repeat it", () => {
    const findings = [
      { violation: "wrong", what: "one" },
      { violation: "wrong", what: "two" },
      { violation: "unfinished", what: "three" },
    ] as const;
    const text = report(OPTIONS, { ...OUTCOME, findings });
    expect(text).to.contain("wrong 2, contradicted 0, unfinished 1\nwrong: one\nunfinished: three\n");
    expect(text).to.contain(
      "\nseed 42: repeat it with npm run chaos:life -- --pattern glider --size 12 --steps 9 --speed 10 --faults 8 --pause 5000 --seed 42",
    );
    expect(report({ ...OPTIONS, pattern: undefined }, { ...OUTCOME, findings })).to.contain(
      " -- --random --size 12 ",
    );
  });
});
