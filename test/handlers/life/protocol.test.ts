import { expect } from "chai";
import {
  CELLS_PROTOCOL,
  decodeFrame,
  encodeGame,
  encodeUpdates,
  type Phase,
  packCell,
} from "../../../handlers/life/cells-protocol.ts";
import {
  formatCell,
  formatUpdate,
  MAX_SIZE,
  parseCell,
  parseSize,
  parseUpdate,
  RUN,
  SUB,
} from "../../../handlers/life/protocol.ts";
import { lehmer } from "../../support/memory-game.ts";

const PHASES: readonly Phase[] = ["idle", "connecting", "subscribing", "running"];

/** What no number of the wire format looks like: the decimal of an integer from 0 has one form. */
const NO_NUMBERS = [
  "",
  "-1",
  "+1",
  "01",
  "00",
  "1.5",
  "1.0",
  "1e3",
  "0x10",
  "1n",
  "abc",
  "NaN",
  "١",
  "1234567890",
];

/** How many random values each property is tried on. */
const TRIES = 2_000;

describe("parseSize", () => {
  it("reads every size from 1 to 1000", () => {
    for (let size = 1; size <= MAX_SIZE; size++) expect(parseSize(String(size))).to.equal(size);
  });

  it("reads nothing else", () => {
    const others = [
      ...NO_NUMBERS,
      "0",
      "1001",
      "9999",
      "10000",
      " 8",
      "8 ",
      "8\n",
      "8\r\n",
      "8 8",
      "8\u00a0",
    ];
    for (const line of others) expect(parseSize(line), JSON.stringify(line)).to.equal(undefined);
  });
});

describe("parseCell", () => {
  it("reads what formatCell writes", () => {
    const random = integers(1);
    for (let n = 0; n < TRIES; n++) {
      const [row, col] = [random(1e9), random(1e9)];
      expect(parseCell(formatCell({ row, col }))).to.deep.equal({ row, col });
    }
  });

  it("reads cells that are off any grid, which is for the game to say", () => {
    expect(parseCell("0 0")).to.deep.equal({ row: 0, col: 0 });
    expect(parseCell("999999999 1000")).to.deep.equal({ row: 999999999, col: 1000 });
  });

  it("reads nothing else", () => {
    const numbers = NO_NUMBERS.flatMap((number) => [`${number} 0`, `0 ${number}`]);
    const lines = [
      "",
      " ",
      "0",
      "0  0",
      " 0 0",
      "0 0 ",
      "0\t0",
      "0,0",
      "0 0 0",
      "0 0\n",
      "\n0 0",
      "0 0\n0 0",
      SUB,
      RUN,
    ];
    for (const line of [...numbers, ...lines])
      expect(parseCell(line), JSON.stringify(line)).to.equal(undefined);
  });
});

describe("parseUpdate", () => {
  it("reads what formatUpdate writes", () => {
    const random = integers(2);
    for (let n = 0; n < TRIES; n++) {
      const update = { step: random(1e9), row: random(1e9), col: random(1e9), state: bit(random) };
      const line = formatUpdate(update);
      expect(parseUpdate(line)).to.deep.equal(update);
    }
  });

  it("reads nothing else", () => {
    const numbers = NO_NUMBERS.flatMap((number) => [
      `${number} 0 0 0`,
      `0 ${number} 0 0`,
      `0 0 ${number} 0`,
      `0 0 0 ${number}`,
    ]);
    const lines = [
      "0",
      "0 0",
      "0 0 0",
      "0 0 0 2",
      "0 0 0 0 0",
      "0  0 0 0",
      "0 0 0 1 ",
      " 0 0 0 1",
      "0 0 0 1\n",
      SUB,
    ];
    for (const line of [...numbers, ...lines]) {
      expect(parseUpdate(line), JSON.stringify(line)).to.equal(undefined);
    }
  });

  it("reads no line that was changed in one place, unless it still is what formatUpdate writes", () => {
    const random = integers(3);
    const letters = "0123456789 -+.\tx";
    for (let n = 0; n < TRIES; n++) {
      const line = formatUpdate({
        step: random(1e4),
        row: random(1000),
        col: random(1000),
        state: bit(random),
      });
      const at = random(line.length);
      const changed = line.slice(0, at) + letters.charAt(random(letters.length)) + line.slice(at + 1);
      const update = parseUpdate(changed);
      if (!update) continue;
      expect(formatUpdate(update)).to.equal(changed);
    }
  });
});

describe("packCell", () => {
  it("packs row, column and state into one number that is unique on its grid", () => {
    const size = 7;
    const packed = new Set<number>();
    for (let row = 0; row < size; row++) {
      for (let col = 0; col < size; col++) {
        for (const state of [0, 1] as const) {
          const cell = packCell(size, row, col, state);
          expect([Math.floor((cell >> 1) / size), (cell >> 1) % size, cell & 1]).to.deep.equal([
            row,
            col,
            state,
          ]);
          packed.add(cell);
        }
      }
    }
    expect([...packed].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 98 }, (_, cell) => cell));
  });

  it("has room for the last cell of the largest grid", () => {
    expect(packCell(MAX_SIZE, MAX_SIZE - 1, MAX_SIZE - 1, 1)).to.equal(1_999_999);
  });
});

describe("encodeGame", () => {
  it("writes five little-endian words", () => {
    const frame = encodeGame({ size: 258, phase: "running", connected: 66564, subscribed: 1 });
    expect([...frame]).to.deep.equal([0, 0, 0, 0, 2, 1, 0, 0, 3, 0, 0, 0, 4, 4, 1, 0, 1, 0, 0, 0]);
  });

  it("is what decodeFrame reads", () => {
    const random = integers(4);
    for (let n = 0; n < TRIES; n++) {
      const phase = PHASES[random(PHASES.length)] ?? "idle";
      const game = { size: 1 + random(1000), phase, connected: random(1e6 + 1), subscribed: random(1e6 + 1) };
      expect(decodeFrame(encodeGame(game).buffer)).to.deep.equal({ kind: "game", ...game });
    }
  });
});

describe("encodeUpdates", () => {
  it("writes each block as its step, its count and its cells", () => {
    const frame = encodeUpdates([
      { step: 0, cells: [6, 9] },
      { step: 258, cells: Uint32Array.of(1) },
    ]);
    expect([...new Uint32Array(frame.buffer)]).to.deep.equal([1, 0, 2, 6, 9, 258, 1, 1]);
  });

  it("is what decodeFrame reads", () => {
    const random = integers(5);
    for (let n = 0; n < TRIES / 10; n++) {
      const blocks = Array.from({ length: random(6) }, () => ({
        step: random(2 ** 31),
        cells: Array.from({ length: random(50) }, () => random(2e6)),
      }));
      expect(readBlocks(encodeUpdates(blocks))).to.deep.equal(blocks);
    }
  });

  it("writes a frame without updates, which decodeFrame reads as such", () => {
    expect(readBlocks(encodeUpdates([]))).to.deep.equal([]);
  });
});

describe("decodeFrame", () => {
  it("throws a TypeError for what is no frame", () => {
    const random = integers(6);
    const noFrames = [
      [],
      [2],
      [0],
      [0, 1, 0, 0],
      [0, 1, 0, 0, 0, 0],
      [4294967295, 1],
      ...Array.from({ length: 100 }, () => [2 + random(2 ** 32 - 2), random(2 ** 32), random(2 ** 32)]),
    ];
    for (const words of noFrames) expectNoFrame(Uint32Array.from(words).buffer);
  });

  it("throws a TypeError for a game in no known phase", () => {
    for (const phase of [4, 5, 2 ** 31, 2 ** 32 - 1]) expectNoFrame(Uint32Array.of(0, 1, phase, 0, 0).buffer);
  });

  it("throws a TypeError for a frame that is cut, wherever that is", () => {
    const whole = encodeUpdates([{ step: 3, cells: [1, 2, 3] }]).buffer;
    const ends = Array.from({ length: whole.byteLength - 1 }, (_, end) => end + 1).filter((end) => end !== 4);
    for (const end of ends) expectNoFrame(whole.slice(0, end));
  });

  it("throws a TypeError, and reserves no memory, for a count beyond the end of the frame", () => {
    expectNoFrame(Uint32Array.of(1, 0, 2 ** 32 - 1, 7).buffer);
  });
});

describe("CELLS_PROTOCOL", () => {
  it("is a name that Sec-WebSocket-Protocol can carry, with its version", () => {
    expect(CELLS_PROTOCOL).to.match(/^[a-z]+\.v\d+$/);
  });
});

function integers(seed: number): (below: number) => number {
  const random = lehmer(seed);
  return (below) => Math.floor(random() * below);
}

function bit(random: (below: number) => number): 0 | 1 {
  return random(2) === 1 ? 1 : 0;
}

function readBlocks(frame: Uint8Array<ArrayBuffer>) {
  const decoded = decodeFrame(frame.buffer);
  if (decoded.kind !== "updates") throw new Error(`Not updates: ${decoded.kind}`);
  return decoded.blocks.map(({ step, cells }) => ({ step, cells: Array.from(cells) }));
}

function expectNoFrame(data: ArrayBuffer): void {
  expect(() => decodeFrame(data), `${[...new Uint8Array(data)]}`).to.throw(TypeError, CELLS_PROTOCOL);
}
