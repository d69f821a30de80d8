import { expect } from "chai";
import { recordLatency } from "../../../commands/latency.ts";
import { forecast } from "../../../commands/testecho/forecast.ts";
import { countFailure, createTally } from "../../../commands/testecho/tally.ts";

/** Ten clients, a delay of a minute: the way up takes two minutes, all of it five. */
const DELAY = 60_000;

function tenClients() {
  const tally = createTally(10);
  return { tally, outlook: forecast(tally, DELAY, 0) };
}

describe("forecast", () => {
  it("goes by the plan before there is anything else to go by", () => {
    const { outlook } = tenClients();
    const { connecting, finishing } = outlook(30_000);
    expect(connecting).to.deep.equal({ rate: 0, left: 90_000 });
    expect(finishing).to.deep.equal({ rate: 0, left: 270_000 });
  });

  it("does not promise more than the plan where clients happen to come early", () => {
    const { tally, outlook } = tenClients();
    tally.open = 9;
    expect(outlook(1000).connecting.left).to.equal(119_000);
  });

  it("goes by how fast clients came so far where that is slower than the plan", () => {
    const { tally, outlook } = tenClients();
    tally.open = 2;
    const { connecting, finishing } = outlook(100_000);
    expect(connecting.left).to.equal(400_000);
    expect(finishing.left).to.equal(400_000 + 3 * DELAY);
  });

  it("goes by how fast clients are done once all have come", () => {
    const { tally, outlook } = tenClients();
    tally.open = 5;
    tally.completed = 4;
    countFailure(tally, "connection lost");
    expect(outlook(6 * DELAY).connecting.left).to.equal(0);
    expect(outlook(6 * DELAY).finishing.left).to.equal(3 * DELAY);
  });

  it("awaits nobody who failed before being connected", () => {
    const { tally, outlook } = tenClients();
    tally.open = 8;
    for (const cause of ["ECONNREFUSED", "ECONNREFUSED"]) countFailure(tally, cause);
    expect(outlook(1000).connecting.left).to.equal(0);
  });

  it("tells nothing where there is neither a delay nor a client yet", () => {
    const tally = createTally(10);
    const { connecting, finishing } = forecast(tally, 0, 0)(5);
    expect([connecting.left, finishing.left]).to.deep.equal([undefined, undefined]);
  });

  it("measures how many come, are answered and are done each second", () => {
    const { tally, outlook } = tenClients();
    outlook(0);
    for (let client = 0; client < 6; client++) {
      recordLatency(tally.handshakes, 1);
      recordLatency(tally.echoes, 1);
      recordLatency(tally.echoes, 1);
    }
    tally.completed = 3;
    const { connecting, answers, finishing } = outlook(2000);
    expect([connecting.rate, answers, finishing.rate]).to.deep.equal([3, 6, 1.5]);
  });
});
