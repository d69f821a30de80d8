import { expect } from "chai";
import type { Outcome } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { report } from "./report.ts";

const OPTIONS: ChaosOptions = {
  size: 38,
  pattern: "gosper",
  steps: 500,
  speed: 50,
  faults: 1,
  pause: 5000,
  seed: 7,
};

const OUTCOME: Outcome = {
  struck: [{ kind: "stop Redis", step: 3, victim: 0, away: 0 }],
  step: 500,
  seen: 1234,
  connections: 99,
  watched: 3,
  seconds: 12.3,
  findings: [],
};

describe("report, of a game", () => {
  it("says what happened, what was seen, and the seed", () => {
    const text = report(OPTIONS, OUTCOME);
    expect(text).to.match(/│ stop Redis +│ +1 │/);
    expect(text).to.match(/│ kill Redis +│ +0 │/);
    expect(text).to.match(/│ states seen +│ +1234 │/);
    expect(text).to.match(/1 faults, in 12 s; 99 connections of workers, 3 of watchers\nseed 7$/);
  });

  it("says what was found, and how to repeat it", () => {
    const findings = Array.from({ length: 11 }, (_, n) => ({
      violation: "wrong" as const,
      what: `cell ${n}`,
    }));
    const text = report(OPTIONS, { ...OUTCOME, findings });
    expect(text).to.match(/│ wrong +│ +11 │/);
    expect(text).to.contain("\nwrong: cell 9\nand 1 more\n");
    expect(text).to.contain(
      "repeat it with npm run chaos:life -- --size 38 --pattern gosper --steps 500 --speed 50 --faults 1 --pause 5000 --seed 7",
    );
  });
});
