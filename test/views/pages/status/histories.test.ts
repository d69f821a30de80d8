import { expect } from "chai";
import { KEPT } from "../../../../handlers/status/protocol.ts";
import { Histories } from "../../../../views/pages/status/histories.ts";
import { report, sampleAt } from "../../../support/status-samples.ts";

const A = { id: "a", machine: "alpha", pid: 1 };
const B = { id: "b", machine: "alpha", pid: 2 };

describe("Histories", () => {
  it("know nothing at first", () => {
    const histories = new Histories();
    expect(histories.all).to.deep.equal([]);
    expect(histories.now).to.equal(undefined);
  });

  it("keep processes apart, and take the latest sample for now", () => {
    const histories = new Histories();
    histories.add([report(A, 1, 10, 11), report(B, 2, 9, 10)]);
    expect(histories.all.map(({ process, first, last }) => ({ process, first, last }))).to.deep.equal([
      { process: A, first: 10, last: 11 },
      { process: B, first: 9, last: 10 },
    ]);
    expect(histories.now).to.equal(11);
  });

  it("take older samples after newer ones, and each once", () => {
    const histories = new Histories();
    histories.add([report(A, 1, 11, 12)]);
    histories.add([report(A, 1, 10, 11), report(A, 1)]);
    const [history] = histories.all;
    expect([...(history?.times ?? [])].sort()).to.deep.equal([10, 11, 12]);
    expect(history?.first).to.equal(10);
    expect(history?.at(11)).to.deep.equal(sampleAt(11, { views: { "/": 1 } }));
    expect(history?.at(13)).to.equal(undefined);
  });

  it("know no process that has no samples", () => {
    const histories = new Histories();
    histories.add([report(A, 1)]);
    expect(histories.all).to.deep.equal([]);
  });

  it("forget what is older than the charts, and processes of which nothing else is known", () => {
    const histories = new Histories();
    histories.add([report(A, 1, 10, 20), report(B, 1, 10)]);
    histories.add([report(A, 1, 11 + KEPT)]);
    expect(histories.all.map(({ process }) => process)).to.deep.equal([A]);
    expect([...(histories.all[0]?.times ?? [])]).to.deep.equal([20, 11 + KEPT]);
  });

  it("take a process for gone of which nothing came for five seconds", () => {
    const histories = new Histories();
    histories.add([report(A, 1, 10), report(B, 1, 14)]);
    const isAlive = () => histories.all.map((one) => histories.isAlive(one));
    expect(isAlive()).to.deep.equal([true, true]);
    histories.add([report(B, 1, 15)]);
    expect(isAlive()).to.deep.equal([false, true]);
  });
});
