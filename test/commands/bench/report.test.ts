import { expect } from "chai";
import { toJson } from "../../../commands/bench/report.ts";
import { benchReport, benchRun } from "../../support/bench-report.ts";

describe("a report", () => {
  it("compares figures and processor time with those of bare ws, run by run", () => {
    const { peers } = benchReport({
      ws: [...benchRun(1000, 100), ...benchRun(500, 110)],
      "express-c10k": [...benchRun(2000, 50), ...benchRun(1000, 55)],
    });
    const figure = peers.find(({ name }) => name === "express-c10k")?.figures.echo8;
    expect(figure?.value).to.deep.equal({ median: 1500, min: 1000, max: 2000, runs: [2000, 1000] });
    expect(figure?.ratio?.runs).to.deep.equal([2, 2]);
    expect(figure?.cpuRatio?.runs).to.deep.equal([0.5, 0.5]);
    expect(figure?.busy?.runs).to.deep.equal([0.1, 0.055]);
  });

  it("knows no processor time of memory", () => {
    const [ws] = benchReport({ ws: benchRun(1000, 100) }).peers;
    expect(ws?.figures.memory).to.have.all.keys("value", "ratio");
  });

  it("has no ratios where bare ws was not measured", () => {
    const [ours] = benchReport({ "express-c10k": benchRun(2000, 50) }).peers;
    expect(ours?.figures.echo1).to.have.all.keys("value", "cpu", "busy");
  });

  it("is written as JSON with four digits", () => {
    const report = benchReport({ ws: benchRun(1234.5678, 0.123456) });
    const { figures } = JSON.parse(toJson(report)).peers[0];
    expect(figures.burst.value.median).to.equal(1235);
    expect(figures.burst.cpu.median).to.equal(0.1235);
    expect(JSON.parse(toJson(report)).machine).to.deep.equal(report.machine);
  });
});
