import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { Sample } from "../../../handlers/status/protocol.ts";
import { Sampler } from "../../../handlers/status/sampler.ts";
import { statsOf } from "../../support/stats.ts";
import { untilTrue } from "../../support/until.ts";

describe("Sampler", () => {
  let samples: Sample[];
  let handshakes: number;
  let sampler: Sampler;

  beforeEach(() => {
    samples = [];
    handshakes = 0;
    sampler = new Sampler(
      () => statsOf({ handshakes: { 101: handshakes } }),
      (sample) => samples.push(sample),
    );
  });

  afterEach(() => sampler.stop());

  it("takes a sample at each full second", async () => {
    sampler.start();
    await untilTrue(() => samples.length === 2);
    const [first, second] = samples;
    if (!first || !second) throw new Error("There are two");
    expect(first.time % 1).to.equal(0);
    expect(second.time % 1).to.equal(0);
    expect(second.time).to.be.above(first.time);
    expect(Date.now() / 1_000 - second.time).to.be.within(-0.1, 10);
    expect(second.rss).to.be.above(second.heap);
    expect(second.heap).to.be.above(1_000_000);
  });

  it("tells what happened since it was started, and since the sample before", async () => {
    handshakes = 1_000;
    sampler.start();
    handshakes += 5;
    await untilTrue(() => samples.length === 1);
    expect(samples[0]?.handshakes).to.be.within(Number.MIN_VALUE, 10);
    await untilTrue(() => samples.length === 2);
    expect(samples[1]?.handshakes).to.equal(0);
  });

  it("goes on where it is started twice, and not twice as often", async () => {
    sampler.start();
    sampler.start();
    await untilTrue(() => samples.length === 2);
    expect(new Set(samples.map(({ time }) => time)).size).to.equal(2);
  });

  it("takes none before it is started, nor after it was stopped", async () => {
    await aWhile();
    sampler.start();
    sampler.stop();
    await aWhile();
    expect(samples).to.deep.equal([]);
  });

  it("starts anew, with what happens from then on", async () => {
    sampler.start();
    sampler.stop();
    handshakes = 1_000;
    sampler.start();
    await untilTrue(() => samples.length === 1);
    expect(samples[0]?.handshakes).to.equal(0);
  });
});

/** More than a second. */
async function aWhile(): Promise<void> {
  const end = performance.now() + 1_100;
  while (performance.now() < end) await nextTurn();
}
