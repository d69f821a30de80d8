import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { CommandError } from "../../../commands/errors.ts";
import { loadPattern } from "../../../commands/gameoflife/load-pattern.ts";
import { rejection } from "../../support/rejection.ts";

const DOT = { width: 1, height: 1, alive: [{ row: 0, col: 0 }] };

describe("loadPattern", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "patterns-"));
  });

  after(() => rm(folder, { recursive: true }));

  async function file(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  async function failure(name: string): Promise<string> {
    const error = await rejection(loadPattern(name));
    expect(error).to.be.an.instanceOf(CommandError);
    return String(error);
  }

  it("finds the bare name of one of ours", async () => {
    expect(await loadPattern("blinker")).to.deep.include({ width: 3, height: 1 });
  });

  it("reads a file of plain text", async () => {
    expect(await loadPattern(await file("dot", "O\n"))).to.deep.equal(DOT);
  });

  it("reads a .cells file", async () => {
    expect(await loadPattern(await file("dot.cells", "!Name: Dot\nO\n"))).to.deep.equal(DOT);
  });

  it("reads a .rle file, whatever the case of its name", async () => {
    expect(await loadPattern(await file("DOT.RLE", "x = 1, y = 1\no!"))).to.deep.equal(DOT);
  });

  it("ignores a byte order mark", async () => {
    expect(await loadPattern(await file("bom", "\uFEFFO\n"))).to.deep.equal(DOT);
  });

  it("lists our patterns for a name that is none of them", async () => {
    expect(await failure("glyder")).to.equal(
      "CommandError: Pattern glyder cannot be read: name a file, or one of " +
        "acorn, beacon, blinker, breeder, diehard, glider, gosper, gosper-left, gun-pair, hwss, lwss, max, mwss, " +
        "new-gun, pentadecathlon, pulsar, r-pentomino, simkin, toad",
    );
  });

  it("does not look among ours for a path", async () => {
    expect(await failure(join(folder, "glider"))).to.contain("name a file, or one of acorn");
  });

  it("does not take a folder for a pattern", async () => {
    expect(await failure(folder)).to.match(/cannot be read: EISDIR/);
  });

  it("names the file and what is wrong in it", async () => {
    const path = await file("seeds.rle", "x = 1, y = 1, rule = B2/S\no!");
    expect(await failure(path)).to.equal(
      `CommandError: Pattern ${path} cannot be read: it is for the rule B2/S, but workers live by B3/S23 only`,
    );
  });

  for (const [name, text] of [
    ["empty", ""],
    ["dead", "...\n...\n"],
    ["dead.rle", "x = 3, y = 3\n!"],
  ] as const) {
    it(`says that a pattern without a live cell is empty: ${name}`, async () => {
      const path = await file(name, text);
      expect(await failure(path)).to.equal(
        `CommandError: Pattern ${path} is empty: mark its live cells, in plain text with O`,
      );
    });
  }
});
