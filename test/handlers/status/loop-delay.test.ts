import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { LoopDelay } from "../../../handlers/status/loop-delay.ts";
import { untilTrue } from "../../support/until.ts";

describe("LoopDelay", () => {
  const delay = new LoopDelay();

  beforeEach(() => delay.start());

  afterEach(() => delay.stop());

  it("is by how much the event loop is late", async () => {
    await untilTrue(() => delay.count > 1);
    block(300);
    await untilTrue(() => delay.count > 2);
    expect(delay.read().p99).to.be.within(200, 2_000);
  });

  it("begins anew each time it is read", async () => {
    await untilTrue(() => delay.count > 1);
    delay.read();
    expect(delay.count).to.equal(0);
    await untilTrue(() => delay.count > 0);
  });

  it("is none where nothing was looked at", () => {
    expect(delay.read()).to.deep.equal({ p50: 0, p99: 0 });
  });

  it("looks no more when it is stopped", async () => {
    await untilTrue(() => delay.count > 1);
    delay.stop();
    delay.read();
    const end = performance.now() + 200;
    while (performance.now() < end) await nextTurn();
    expect(delay.count).to.equal(0);
  });
});

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}
