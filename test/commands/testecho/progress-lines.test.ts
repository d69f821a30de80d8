import { PassThrough } from "node:stream";
import { expect } from "chai";
import { progressLines } from "../../../commands/testecho/progress-lines.ts";
import { createTally } from "../../../commands/testecho/tally.ts";

/** What is written while so many clients come, and then go. */
function written(clients: number): string {
  const output = new PassThrough({ encoding: "utf8", highWaterMark: 1024 * 1024 });
  const tally = createTally(clients);
  const progress = progressLines(output, tally);
  for (let i = 0; i < clients; i++) {
    tally.open += 1;
    progress.opened();
  }
  for (let i = 0; i < clients; i++) {
    tally.open -= 1;
    progress.closed();
  }
  progress.end();
  return output.read();
}

describe("progressLines", () => {
  it("writes the original's lines for ten thousand clients", () => {
    const lines = written(10_000).split("\n");
    expect(lines.slice(0, 4)).to.deep.equal([
      ">   500 connections",
      ">  1000 connections",
      ">  1500 connections",
      ">  2000 connections",
    ]);
    expect(lines.slice(18, 25)).to.deep.equal([
      ">  9500 connections",
      "> 10000 connections",
      "",
      "10000 clients are connected!",
      "",
      "<  9500 connections",
      "<  9000 connections",
    ]);
    expect(lines.slice(-3)).to.deep.equal(["<   500 connections", "<     0 connections", ""]);
  });

  it("writes a line for each of a few clients", () => {
    expect(written(2)).to.equal(
      ">     1 connections\n>     2 connections\n\n2 clients are connected!\n\n" +
        "<     1 connections\n<     0 connections\n",
    );
  });

  it("aligns a hundred thousand, too", () => {
    const lines = written(100_000).split("\n");
    expect([lines[0], lines[19]]).to.deep.equal([">   5000 connections", "> 100000 connections"]);
  });

  it("writes a line that it is told", () => {
    const output = new PassThrough({ encoding: "utf8" });
    progressLines(output, createTally(1)).tell("A process ended early");
    expect(output.read()).to.equal("A process ended early\n");
  });

  it("writes no more than twenty lines on the way up", () => {
    expect(written(999).match(/^>/gm)).to.have.length.at.most(20);
  });
});
