import { expect } from "chai";
import { randomSeed } from "../../../commands/gameoflife/random.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import { useRedis } from "../../support/use-redis.ts";
import { chaos } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { report } from "./report.ts";

/** Some seconds; `npm run chaos:chat` takes a minute, and more members. */
const OPTIONS: ChaosOptions = { members: 20, rooms: 2, seconds: 4, kills: 3, seed: randomSeed() };

describe(`a chat whose server is killed again and again (seed ${OPTIONS.seed})`, () => {
  it("loses nothing, says nothing twice, and keeps one order", async function () {
    this.timeout(4 * TIMEOUT);
    const outcome = await chaos(OPTIONS);
    expect(outcome.findings, report(OPTIONS, outcome)).to.deep.equal([]);
    // Three times meanwhile, and once before its log is read.
    expect(outcome.kills).to.equal(4);
    expect(outcome.counts.connections).to.be.above(OPTIONS.members);
    for (const { hearings, log, written } of outcome.rooms) {
      expect(hearings).to.have.lengthOf(10);
      expect(log.length).to.equal(written.size);
      expect(log.length).to.be.above(hearings.length);
    }
  });
});

describe(`a chat on two servers that are killed, and their Redis, too (seed ${OPTIONS.seed})`, () => {
  // Without a Redis this is skipped.
  useRedis();

  it("loses nothing, says nothing twice, and keeps one order, with two servers and their Redis", async function () {
    this.timeout(4 * TIMEOUT);
    const options = { ...OPTIONS, kills: 5, redis: true };
    const outcome = await chaos(options);
    expect(outcome.findings, report(options, outcome)).to.deep.equal([]);
    // Five times meanwhile, and each of the three once before the log is read.
    expect(outcome.kills).to.equal(8);
    for (const { hearings, log, written } of outcome.rooms) {
      expect(hearings).to.have.lengthOf(10);
      expect(log.length).to.equal(written.size);
      expect(log.length).to.be.above(hearings.length);
    }
  });
});
