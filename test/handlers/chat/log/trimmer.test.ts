import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { Trimmer } from "../../../../handlers/chat/log/trimmer.ts";
import { deferred } from "../../../support/deferred.ts";
import { LONG } from "../../../support/timeouts.ts";
import { untilTrue } from "../../../support/until.ts";

describe("Trimmer", () => {
  it("trims until there is nothing left, and again after the interval, whatever failed", async () => {
    const left = [3, 0, 2];
    let [calls, failures] = [0, 0];
    const trimmer = new Trimmer(async () => {
      calls += 1;
      if (calls % 2 === 1) throw new Error(`The disk is full: ${++failures}`);
      const more = (left[0] ?? 0) > 0;
      if (more) left[0] = (left[0] ?? 0) - 1;
      else left.shift();
      return more;
    }, 1);
    await untilTrue(() => left.length === 0);
    await trimmer.stop();
    expect(failures).to.be.above(5);
  });

  it("stops after the batch that it is at", async () => {
    const [began, batch] = [deferred(), deferred()];
    let calls = 0;
    const trimmer = new Trimmer(async () => {
      calls += 1;
      began.resolve();
      await batch.promise;
      return true;
    }, 1);
    await began.promise;
    let stopped = false;
    const stopping = trimmer.stop().then(() => {
      stopped = true;
    });
    await nextTurn();
    expect(stopped).to.equal(false);
    batch.resolve();
    await stopping;
    expect(calls).to.equal(1);
  });

  it("does not wait for the interval to stop", async () => {
    await new Trimmer(async () => true, LONG).stop();
  });
});
