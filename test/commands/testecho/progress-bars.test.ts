import { PassThrough } from "node:stream";
import { expect } from "chai";
import type { Outlook } from "../../../commands/testecho/forecast.ts";
import { progress, progressAside } from "../../../commands/testecho/progress.ts";
import { countFailure, createTally } from "../../../commands/testecho/tally.ts";

const OUTLOOK: Outlook = {
  connecting: { rate: 83.3, left: 69_000 },
  answers: 248,
  finishing: { rate: 0, left: 249_000 },
};

const outlook = () => OUTLOOK;

function terminal() {
  return Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true, columns: 80 });
}

describe("progress", () => {
  it("draws bars where output is a terminal", () => {
    const output = terminal();
    const tally = createTally(2);
    const bars = progress(output, tally, outlook);
    for (const open of [1, 2]) {
      tally.connected = open;
      tally.open = open;
      bars.opened();
    }
    tally.completed = 1;
    tally.open = 0;
    countFailure(tally, "connection lost");
    bars.closed();
    bars.tell("A process ended early");
    bars.end();
    const drawn = output.read();
    expect(drawn).to.contain("2 clients are connected!");
    expect(drawn).to.contain("A process ended early\n");
    expect(drawn).to.match(/connected .* 2\/2/);
    expect(drawn).to.match(/done .* 1\/2, 0\.0\/s, 4:09 left, 1 failed/);
  });

  it("shows rates and the time that is left", () => {
    const output = terminal();
    progress(output, createTally(10_000), outlook).end();
    const drawn = output.read();
    expect(drawn).to.match(/connected .* 0\/10000, 83\/s, 1:09 left/);
    expect(drawn).to.match(/answered .* 0\/30000, 248\/s/);
    expect(drawn).to.match(/done .* 0\/10000, 0\.0\/s, 4:09 left/);
  });

  it("says no more how fast clients come when all have", () => {
    const output = terminal();
    const tally = Object.assign(createTally(1), { connected: 1, open: 1 });
    progress(output, tally, outlook).end();
    expect(output.read()).to.match(/connected .* 1\/1(?!,)/);
  });

  it("writes lines where it is none", () => {
    const output = new PassThrough({ encoding: "utf8" });
    const tally = createTally(1);
    tally.open = 1;
    progress(output, tally, outlook).opened();
    expect(output.read()).to.equal(">     1 connections\n\n1 clients are connected!\n\n");
  });
});

describe("progressAside", () => {
  it("draws bars where somebody watches", () => {
    const errors = terminal();
    progressAside(errors, createTally(2), outlook).end();
    expect(errors.read()).to.match(/done .* 0\/2/);
  });

  it("writes what has to be told, and nothing else, where nobody does", () => {
    const errors = new PassThrough({ encoding: "utf8" });
    const tally = Object.assign(createTally(1), { open: 1 });
    const shown = progressAside(errors, tally, outlook);
    shown.opened();
    shown.tell("A process ended early");
    shown.closed();
    shown.end();
    expect(errors.read()).to.equal("A process ended early\n");
  });
});
