import { expect } from "chai";
import { RUN, SUB } from "../../../handlers/life/protocol.ts";
import {
  appendState,
  formatIntroduction,
  formatRun,
  formatState,
  formatStates,
  historyLength,
  MAX_HEARD,
  MAX_HISTORY,
  parseIntroduction,
  parseRun,
  parseState,
  parseStates,
  STEPS_PROTOCOL,
  type Standing,
  stateAt,
} from "../../../handlers/life/steps-protocol.ts";
import { lehmer } from "../../support/memory-game.ts";

/** How many random values a property is tried with. */
const TRIES = 1000;

/** What no number of the wire format looks like. */
const NO_NUMBERS = ["", "-1", "01", "1.5", "1e3", "0x1", " 1", "+1", "٣", "1234567890", "NaN"];

describe("a history", () => {
  it("holds the last states, as many as there may be", () => {
    const random = integers(1);
    const states: (0 | 1)[] = [];
    let history = 1;
    for (let step = 0; step < 100; step++) {
      states.push(bit(random));
      history = appendState(history, states[step] ?? 0);
      const standing = { step, history };
      expect(historyLength(history)).to.equal(Math.min(step + 1, MAX_HISTORY));
      for (let at = -1; at <= step + 1; at++) {
        const isKept = at >= 0 && at <= step && at > step - MAX_HISTORY;
        expect(stateAt(standing, at)).to.equal(isKept ? states[at] : undefined);
      }
    }
  });
});

describe("parseIntroduction", () => {
  const who = { game: "4b-A_9", size: 32, row: 31, col: 0, key: "s3-cret_" };

  it("reads what formatIntroduction writes", () => {
    const random = integers(2);
    expect(parseIntroduction(formatIntroduction({ ...who, standing: undefined }))).to.deep.equal({
      ...who,
      standing: undefined,
    });
    for (let n = 0; n < TRIES; n++) {
      const introduction = { ...who, standing: randomStanding(random) };
      expect(parseIntroduction(formatIntroduction(introduction))).to.deep.equal(introduction);
    }
  });

  it("is the line that the wire format says", () => {
    const standing = { step: 7, history: 0b1101 };
    expect(formatIntroduction({ ...who, standing })).to.equal("4b-A_9 32 31 0 s3-cret_ 7 13");
    expect(formatIntroduction({ ...who, standing: undefined })).to.equal("4b-A_9 32 31 0 s3-cret_");
  });

  it("reads nothing else", () => {
    const lines = [
      "",
      SUB,
      "0 0",
      "g 2 0 0",
      "g 2 0 0 ",
      "g 2 0 0 k 0",
      "g 2 0 0 k 0 2 ",
      "g  2 0 0 k",
      " g 2 0 0 k",
      "g! 2 0 0 k",
      `${"g".repeat(65)} 2 0 0 k`,
      `g 2 0 0 ${"k".repeat(65)}`,
      "g 0 0 0 k",
      "g 1001 0 0 k",
      "g 2 2 0 k",
      "g 2 0 2 k",
      // A history of no state, of more than there are steps, and of more than there may be.
      "g 2 0 0 k 5 1",
      "g 2 0 0 k 0 4",
      "g 2 0 0 k 99 65536",
      ...NO_NUMBERS.flatMap((number) => [
        `g ${number} 0 0 k`,
        `g 20 ${number} 0 k`,
        `g 20 0 ${number} k`,
        `g 20 0 0 k ${number} 2`,
        `g 20 0 0 k 20 ${number}`,
      ]),
    ];
    for (const line of lines) expect(parseIntroduction(line), JSON.stringify(line)).to.equal(undefined);
  });
});

describe("parseRun", () => {
  it("reads what formatRun writes", () => {
    const random = integers(3);
    expect(parseRun(formatRun())).to.deep.equal({ standing: undefined });
    for (let n = 0; n < TRIES; n++) {
      const standing = randomStanding(random);
      expect(parseRun(formatRun(standing))).to.deep.equal({ standing });
    }
  });

  it("reads nothing else", () => {
    for (const line of ["", "ru", "run ", "run 1", "run 1 1", "run 0 4", "run 1 2 3", "runs 1 2", SUB])
      expect(parseRun(line), JSON.stringify(line)).to.equal(undefined);
  });
});

describe("parseState", () => {
  it("reads what formatState writes", () => {
    const random = integers(4);
    for (let n = 0; n < TRIES; n++) {
      const told = { step: random(1e9), state: bit(random) };
      expect(parseState(formatState(told))).to.deep.equal(told);
    }
  });

  it("reads nothing else", () => {
    const numbers = NO_NUMBERS.flatMap((number) => [`${number} 0`, `0 ${number}`]);
    for (const line of [...numbers, "", "0", "0 2", "0  0", " 0 0", "0 0 ", "0 0 0", "0 0 0 1", SUB])
      expect(parseState(line), JSON.stringify(line)).to.equal(undefined);
  });
});

describe("parseStates", () => {
  it("reads what formatStates writes", () => {
    const random = integers(5);
    for (let n = 0; n < TRIES; n++) {
      const [step, states] = [random(1e9), random(2 ** MAX_HEARD)];
      expect(parseStates(formatStates(step, states))).to.deep.equal({ step, states });
    }
  });

  it("reads nothing else", () => {
    const numbers = NO_NUMBERS.flatMap((number) => [`${number} 0`, `0 ${number}`]);
    for (const line of [...numbers, "", "0", "0  0", " 0 0", "0 0 ", "0 0 0", SUB, RUN])
      expect(parseStates(line), JSON.stringify(line)).to.equal(undefined);
  });
});

describe("STEPS_PROTOCOL", () => {
  it("has a version", () => {
    expect(STEPS_PROTOCOL).to.match(/^[a-z]+\.v\d+$/);
  });
});

function integers(seed: number): (below: number) => number {
  const random = lehmer(seed);
  return (below) => Math.floor(random() * below);
}

function bit(random: (below: number) => number): 0 | 1 {
  return random(2) === 1 ? 1 : 0;
}

function randomStanding(random: (below: number) => number): Standing {
  const states = 1 + random(MAX_HISTORY);
  return { step: states + random(1e8), history: 2 ** states + random(2 ** states) };
}
