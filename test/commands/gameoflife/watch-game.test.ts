import { PassThrough } from "node:stream";
import { expect } from "chai";
import type { Progress } from "../../../commands/gameoflife/progress.ts";
import { watchGame } from "../../../commands/gameoflife/watch-game.ts";
import { rejection } from "../../support/rejection.ts";

const SETTING = {
  ...{ url: ["ws://localhost:8000"], name: undefined, size: 2, wrap: true },
  ...{ processes: 1, speed: 10, steps: 2, json: false },
};

const NEVER = new AbortController().signal;

function stream(isTTY: boolean) {
  return Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY, columns: 80 });
}

/** Plays the game to its end, all at once. */
async function play(progress: Progress): Promise<void> {
  progress.connected = 4;
  for (let update = 0; update < 12; update++) progress.updates += 1;
}

describe("watchGame", () => {
  it("shows on a terminal how far the game is, and at the end how long steps took", async () => {
    const [output, errors] = [stream(true), stream(true)];
    await watchGame(play, SETTING, { output, errors }, NEVER);
    const shown = String(output.read());
    expect(shown).to.contain("workers connected: 0 of 4");
    expect(shown).to.match(/step 2 of 2, [\d.]+ steps\/s, 4 workers\n/);
    expect(shown).to.match(/^step 2 after 0:00, [\d.]+ steps\/s\n┌/m);
    expect(shown).to.match(/^│ step +│ +2 │/m);
    expect(errors.read()).to.equal(null);
  });

  it("shows nothing elsewhere", async () => {
    const output = stream(false);
    await watchGame(play, SETTING, { output, errors: stream(true) }, NEVER);
    expect(output.read()).to.equal(null);
  });

  it("shows on standard error how far the game is where it gives JSON", async () => {
    const [output, errors] = [stream(true), stream(true)];
    await watchGame(play, { ...SETTING, json: true }, { output, errors }, NEVER);
    expect(JSON.parse(String(output.read()))).to.include({ step: 2, steps: 2, game: null });
    expect(String(errors.read())).to.contain("workers connected: 0 of 4");
  });

  it("gives figures of a game that broke off before it began, too", async () => {
    const output = stream(false);
    const broken = new Error("No workers");
    const watched = watchGame(
      () => Promise.reject(broken),
      { ...SETTING, steps: Number.POSITIVE_INFINITY, json: true },
      { output, errors: stream(false) },
      NEVER,
    );
    expect(await rejection(watched)).to.equal(broken);
    expect(JSON.parse(String(output.read()))).to.include({
      ...{ steps: null, step: null, stepsPerSecond: null, stepMs: null },
    });
  });
});
