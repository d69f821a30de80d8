import { expect } from "chai";
import { connectionsOf, type Report } from "../../../../handlers/status/protocol.ts";
import { Histories } from "../../../../views/pages/status/histories.ts";
import { createSums } from "../../../../views/pages/status/sums.ts";
import { report } from "../../../support/status-samples.ts";

const A = { id: "a", machine: "alpha", pid: 1 };
const B = { id: "b", machine: "alpha", pid: 2 };

describe("createSums", () => {
  let histories: Histories;
  let sums: ReturnType<typeof createSums>;

  beforeEach(() => {
    histories = new Histories();
    sums = createSums(histories);
  });

  /** How many connections all processes had together, by the second. */
  function sumsAfter(...reports: Report[]): [time: number, connections: number][] {
    histories.add(reports);
    return sums(histories.all).map((sample) => [sample.time, connectionsOf(sample)]);
  }

  it("adds up processes second by second, in the order of time", () => {
    expect(sumsAfter(report(A, 1, 12, 11), report(B, 10, 11, 12))).to.deep.equal([
      [11, 11],
      [12, 11],
    ]);
  });

  it("gives the samples of one process as they are", () => {
    histories.add([report(A, 1, 11, 12), report(B, 10, 11)]);
    const [a] = histories.all;
    expect(a && sums([a])).to.deep.equal([a?.at(11), a?.at(12)]);
  });

  it("counts a process from its first second on", () => {
    expect(sumsAfter(report(A, 1, 10, 11), report(B, 10, 11))).to.deep.equal([
      [10, 1],
      [11, 11],
    ]);
  });

  it("waits for the sample of a process that is late", () => {
    expect(sumsAfter(report(A, 1, 10, 11), report(B, 10, 10))).to.deep.equal([[10, 11]]);
    expect(sumsAfter(report(B, 10, 11))).to.deep.equal([
      [10, 11],
      [11, 11],
    ]);
  });

  it("has no sum for a second that a process was too busy to tell of", () => {
    expect(sumsAfter(report(A, 1, 10, 11, 12), report(B, 10, 10, 12))).to.deep.equal([
      [10, 11],
      [12, 11],
    ]);
  });

  it("goes on without a process that is gone", () => {
    expect(sumsAfter(report(A, 1, 10, 11, 12, 13, 14, 15), report(B, 10, 10)).slice(0, 2)).to.deep.equal([
      [10, 11],
      [11, 1],
    ]);
  });

  it("adds up anew where an older sample comes later", () => {
    expect(sumsAfter(report(A, 1, 10, 11))).to.deep.equal([
      [10, 1],
      [11, 1],
    ]);
    expect(sumsAfter(report(B, 10, 10, 11))).to.deep.equal([
      [10, 11],
      [11, 11],
    ]);
  });

  it("adds up once", () => {
    histories.add([report(A, 1, 10, 11), report(B, 10, 10, 11)]);
    const [first] = sums(histories.all);
    expect(sums(histories.all)[0]).to.equal(first);
  });
});
