import { expect } from "chai";
import { type Grid, generations } from "../../support/reference-life.ts";
import { type ClientEnd, check } from "./check.ts";
import { Sightings } from "./sightings.ts";

const BLINKER: Grid = [".....", "..O..", "..O..", "..O..", "....."];

const REFERENCE = generations(BLINKER, 3, true);

const WELL: ClientEnd = { code: 0, stderr: "" };

/** What a watcher sees that misses nothing, of the game as the grids have it. */
function seen(grids: readonly Grid[] = REFERENCE): Sightings {
  const sightings = new Sightings(25);
  for (const [step, grid] of grids.entries()) {
    for (const [cell, mark] of [...grid.join("")].entries()) sightings.see(step, cell, mark === "O" ? 1 : 0);
  }
  return sightings;
}

/** The game, with one cell in the other state at one step. */
function flipped(step: number, cell: number): Grid[] {
  return REFERENCE.map((grid, at) => (at === step ? flip(grid, cell) : grid));
}

function flip(grid: Grid, cell: number): Grid {
  return grid.map((line, row) =>
    Array.from(line, (mark, col) => (row * 5 + col !== cell ? mark : mark === "O" ? "." : "O")).join(""),
  );
}

/** What is found, when the watchers of two servers saw that. */
function findings(one: Sightings, other: Sightings, client: ClientEnd = WELL): string[] {
  const history = { reference: REFERENCE, sightings: [one, other], client };
  return check(history).map(({ violation, what }) => `${violation}: ${what}`);
}

describe("the check of a chaos run of the Game of Life", () => {
  it("finds nothing where all is well", () => {
    expect(findings(seen(), seen())).to.deep.equal([]);
  });

  it("finds nothing wrong in steps that a watcher did not see, but the last", () => {
    expect(findings(seen(), seen([[], [], [], ...REFERENCE.slice(3)]))).to.deep.equal([]);
  });

  it("finds a cell in another state than the rules have it, at any step", () => {
    for (const step of [0, 1, 2, 3])
      expect(findings(seen(flipped(step, 0)), seen(flipped(step, 0)))).to.deep.equal([
        `wrong: server 0 showed cell 0 0 alive at step ${step}, where it is dead`,
        `wrong: server 1 showed cell 0 0 alive at step ${step}, where it is dead`,
      ]);
  });

  it("finds that two watchers saw a cell in two states", () => {
    expect(findings(seen(), seen(flipped(2, 12)))).to.deep.equal([
      "wrong: server 1 showed cell 2 2 dead at step 2, where it is alive",
      "contradicted: servers 0 and 1 showed cell 2 2 both dead and alive at step 2",
    ]);
  });

  it("finds that one watcher saw a cell in two states, in whichever order", () => {
    for (const states of [
      [0, 1],
      [1, 0],
    ] as const) {
      const one = seen();
      one.forget();
      for (const state of states) one.see(3, 4, state);
      expect(findings(one, seen())).to.include(
        "contradicted: server 0 showed cell 0 4 both dead and alive at step 3",
      );
    }
  });

  it("finds a step behind the last", () => {
    const one = seen();
    one.see(4, 24, 0);
    expect(findings(one, seen())).to.deep.equal([
      "wrong: server 0 showed cell 4 4 dead at step 4, where it is not to be",
    ]);
  });

  it("finds a server that did not come to the last step", () => {
    expect(findings(seen(), seen(REFERENCE.slice(0, 3)))).to.deep.equal([
      "unfinished: server 1 came to step 2 of 3",
    ]);
  });

  it("finds a server one of whose cells did not", () => {
    const one = new Sightings(25);
    for (let cell = 0; cell < 24; cell++) one.see(3, cell, seen().statesAt(3, cell)[0] ?? 0);
    expect(findings(one, seen())).to.deep.equal(["unfinished: server 0 came to step -1 of 3"]);
  });

  it("finds a server that has forgotten the game when it was over", () => {
    const one = seen();
    one.forget();
    expect(findings(one, seen())).to.deep.equal(["unfinished: server 0 came to step -1 of 3"]);
  });

  it("finds a client that failed, with what it said, and one that did not end", () => {
    expect(findings(seen(), seen(), { code: 1, stderr: "The game broke off\n" })).to.deep.equal([
      "unfinished: the client ended with 1: The game broke off",
    ]);
    const history = { reference: REFERENCE, sightings: [seen()], client: undefined };
    expect(check(history)).to.deep.equal([{ violation: "unfinished", what: "the client did not end" }]);
  });
});
