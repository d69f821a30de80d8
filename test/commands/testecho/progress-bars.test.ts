import { PassThrough } from "node:stream";
import { expect } from "chai";
import { progress } from "../../../commands/testecho/progress.ts";
import { countFailure, createTally } from "../../../commands/testecho/tally.ts";

describe("progress", () => {
  it("draws bars where output is a terminal", () => {
    const output = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true, columns: 80 });
    const tally = createTally(2);
    const bars = progress(output, tally);
    for (const open of [1, 2]) {
      tally.connected = open;
      tally.open = open;
      bars.opened();
    }
    tally.completed = 1;
    countFailure(tally, "connection lost");
    bars.closed();
    bars.tell("A process ended early");
    bars.end();
    const drawn = output.read();
    expect(drawn).to.contain("2 clients are connected!");
    expect(drawn).to.contain("A process ended early\n");
    expect(drawn).to.match(/connected .* 2\/2/);
    expect(drawn).to.match(/done .* 1\/2, 1 failed/);
  });

  it("writes lines where it is none", () => {
    const output = new PassThrough({ encoding: "utf8" });
    const tally = createTally(1);
    tally.open = 1;
    progress(output, tally).opened();
    expect(output.read()).to.equal(">     1 connections\n\n1 clients are connected!\n\n");
  });
});
