import { expect } from "chai";
import { randomSeed } from "../../../commands/gameoflife/random.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { useRedis } from "../../support/use-redis.ts";
import { chaos } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { report } from "./report.ts";

/** Each fault once; `npm run chaos:life` takes minutes, and a larger game. */
const OPTIONS: ChaosOptions = {
  size: 10,
  pattern: "glider",
  steps: 64,
  speed: 50,
  faults: 8,
  pause: 500,
  seed: randomSeed(),
};

describe(`a game whose servers, workers and Redis are killed, stopped and cut off (seed ${OPTIONS.seed})`, () => {
  // Without a Redis this is skipped.
  useRedis();

  it("goes on, and is the reference's at every step", async function () {
    this.timeout(20 * TIMEOUT);
    const outcome = await chaos(OPTIONS);
    expect(outcome.findings, report(OPTIONS, outcome)).to.deep.equal([]);
    expect(outcome.struck).to.have.lengthOf(8);
    expect(outcome.step).to.equal(64);
    expect(outcome.seen).to.be.above(2 * 64 * 50);
    // Each worker has come, and those have come back that were cut off.
    expect(outcome.connections).to.be.above(100);
  });
});
