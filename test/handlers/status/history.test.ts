import { expect } from "chai";
import { History } from "../../../handlers/status/history.ts";
import { KEPT } from "../../../handlers/status/protocol.ts";
import { sampleAt } from "../../support/status-samples.ts";

const PROCESS = { id: "a", machine: "alpha", pid: 11 };

describe("History", () => {
  let now: number;
  let history: History;

  beforeEach(() => {
    now = Math.floor(Date.now() / 1_000);
    history = new History(PROCESS);
  });

  function times(): number[] {
    return history.reports().flatMap(({ samples }) => samples.map(({ time }) => time));
  }

  it("is over before the first sample", () => {
    expect(history.isOver).to.equal(true);
    expect(history.reports()).to.deep.equal([]);
  });

  it("gives its samples in the order of time, in whichever they came", () => {
    history.add([sampleAt(now)]);
    history.add([sampleAt(now - 2), sampleAt(now - 1)]);
    expect(history.isOver).to.equal(false);
    expect(times()).to.deep.equal([now - 2, now - 1, now]);
  });

  it("passes over what comes again", () => {
    history.add([sampleAt(now, { rss: 1 })]);
    expect(history.add([sampleAt(now, { rss: 2 }), sampleAt(now - 1)])).to.deep.equal([sampleAt(now - 1)]);
    expect(history.reports()).to.deep.equal([
      { process: PROCESS, samples: [sampleAt(now - 1), sampleAt(now, { rss: 1 })] },
    ]);
  });

  it("forgets what is older than ten minutes", () => {
    history.add([sampleAt(now - KEPT - 1), sampleAt(now - KEPT + 60)]);
    expect(times()).to.deep.equal([now - KEPT + 60]);
  });

  it("is over when all of it is older than that", () => {
    history.add([sampleAt(now - KEPT - 1)]);
    expect(history.isOver).to.equal(true);
  });

  it("gives reports that are not too long for a message", () => {
    history.add(Array.from({ length: 250 }, (_, i) => sampleAt(now - i)));
    expect(history.reports().map(({ samples }) => samples.length)).to.deep.equal([100, 100, 50]);
    expect(times()).to.deep.equal(Array.from({ length: 250 }, (_, i) => now - 249 + i));
  });
});
