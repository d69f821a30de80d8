import { expect } from "chai";
import { randomSeed } from "../../../commands/gameoflife/random.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { useRedis } from "../../support/use-redis.ts";
import { chaos } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { report } from "./report.ts";

/** Some seconds, at random; `npm run chaos:life` takes minutes, and a Gosper gun. */
const OPTIONS: ChaosOptions = { size: 12, steps: 60, speed: 10, faults: 4, pause: 500, seed: randomSeed() };

describe(`a Game of Life in which everything fails (seed ${OPTIONS.seed})`, () => {
  // Without a Redis this is skipped.
  useRedis();

  it("goes on, and is the reference's at every step", async function () {
    this.timeout(10 * TIMEOUT);
    const outcome = await chaos(OPTIONS);
    const told = report(OPTIONS, outcome);
    expect(outcome.findings, told).to.deep.equal([]);
    expect(outcome.struck, told).to.not.deep.equal([]);
    for (const { seen } of outcome.views) expect(seen, told).to.be.at.least(12 ** 2);
  });
});
