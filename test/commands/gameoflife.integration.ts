import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import express from "express";
import { randomStates } from "../../commands/gameoflife/random.ts";
import { Life } from "../../handlers/life/life.ts";
import { reset } from "../../handlers/life/reset.ts";
import { watcher } from "../../handlers/life/watcher.ts";
import { worker } from "../../handlers/life/worker.ts";
import { ownServices } from "../../handlers/services.ts";
import { websocket } from "../../middleware/index.ts";
import { runCli } from "../support/cli.ts";
import { GameRecorder } from "../support/game-recorder.ts";
import { type Grid, generations, toGrid } from "../support/reference-life.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { useNetwork } from "../support/use-network.ts";

/** The side of the large game: `LIFE_SIZE=100` plays with ten thousand workers. */
const LARGE = Number(process.env.LIFE_SIZE ?? 32);

const R_PENTOMINO_RLE = "#N R-pentomino\nx = 3, y = 3, rule = B3/S23\nb2o$2o$bo!\n";

describe("gameoflife, through a real server", () => {
  let folder: string;
  let server: TestServer;
  let recorder: GameRecorder;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "gameoflife-"));
  });

  after(() => rm(folder, { recursive: true }));

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(async () => {
    recorder.close();
    await server.close();
  });

  /** Plays a game of that start with the CLI, and compares what a watcher saw with the reference, step by step. */
  async function play(start: Grid, steps: number, ...options: string[]): Promise<void> {
    const size = start.length;
    recorder = await GameRecorder.open(server.wsUrl, size);
    const args = ["--size", size, "--steps", steps, "--speed", 1000, "--url", server.wsUrl].map(String);
    const outcome = await runCli(["gameoflife", ...args, ...options], { timeout: patience(size) });
    expect(outcome).to.deep.equal({ code: 0, stdout: "", stderr: "" });
    const wrap = !options.some((option) => option === "-W" || option === "--no-wrap");
    expect(await recorder.grids(steps)).to.deep.equal(generations(start, steps, wrap));
  }

  async function file(name: string, text: string): Promise<string> {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  }

  it("plays a glider that leaves a torus on one side and comes in on the other", () => {
    const start = ["......", "......", "..OOO.", "..O...", "...O..", "......"];
    // Half a cell above and left of the middle: (6 - 3) / 2 is rounded down.
    const centered = [...start.slice(1), "......"].map((line) => `${line.slice(1)}.`);
    return play(centered, 24, "--pattern", "glider");
  });

  it("plays a pattern in the top left corner, on a grid that ends at its edges", async () => {
    const text = await readFile(new URL("../../patterns/gosper", import.meta.url), "utf8");
    const rows = text
      .trimEnd()
      .split("\n")
      .filter((line) => !line.startsWith("!"));
    const start = Array.from({ length: 38 }, (_, y) => (rows[y] ?? "").padEnd(38, "."));
    await play(start, 31, "-p", "gosper", "--no-center", "--no-wrap");
  });

  it("plays a pattern in the middle, on a grid that ends at its edges", () => {
    return play([".....", ".....", ".OOO.", ".....", "....."], 4, "-W", "-p", "blinker");
  });

  it("plays a pattern in the top left corner of a torus", () => {
    return play(["OOO..", "O....", ".O...", ".....", "....."], 10, "-C", "-p", "glider");
  });

  it("plays a .rle file", async () => {
    const start = [".......", ".......", "...OO..", "..OO...", "...O...", ".......", "......."];
    await play(start, 20, "-p", await file("r-pentomino.rle", R_PENTOMINO_RLE));
  });

  it("plays a file of plain text", async () => {
    await play(["....", ".xx.", ".xx.", "...."].map(toMarks), 3, "-p", await file("block", "xx\nxx\n"));
  });

  for (const options of [[], ["--no-wrap"]]) {
    it(`plays a random game of a given seed ${options.join(" ")}`, () => {
      return play(toGrid(randomStates(9, 7), 9), 25, "--random", "7", ...options);
    });
  }

  for (const [text, start] of [
    ["O", ["O"]],
    ["OO\nO.", ["OO", "O."]],
    ["OO\n..", ["OO", ".."]],
    ["OOO\n...\n...", ["OOO", "...", "..."]],
  ] as const) {
    for (const options of [[], ["--no-wrap"]]) {
      it(`plays ${text.replaceAll("\n", "/")} on a grid of its size ${options.join(" ")}`, async () => {
        await play(start, 6, "--no-center", "-p", await file(`size-${start.length}`, text), ...options);
      });
    }
  }

  it("ends after step 0 if it is told to", () =>
    play([".....", ".....", ".OOO.", ".....", "....."], 0, "-p", "blinker"));

  it(`plays a random game of ${LARGE}x${LARGE} workers`, function () {
    this.timeout(2 * patience(LARGE));
    return play(toGrid(randomStates(LARGE, 1970), LARGE), 20, "--random", "1970");
  });
});

describe("gameoflife, through a server that knows no subprotocol", () => {
  const network = useNetwork();

  async function serve(): Promise<string> {
    const life = new Life({ shared: ownServices(), group: "life/a game", log() {} });
    const app = express()
      .get(
        "/reset/",
        websocket((ws) => reset(ws, life)),
      )
      .get(
        "/worker/",
        websocket((ws) => worker(ws, life)),
      )
      .get(
        "/watcher/",
        websocket((ws) => watcher(ws, life)),
      );
    return (await network.serve(app)).wsUrl;
  }

  /** Plays a game, and compares it with the reference; gives what the command said. */
  async function play(wsUrl: string, ...options: string[]): Promise<string> {
    const recorder = await GameRecorder.open(wsUrl, 9);
    const args = ["--size", "9", "--steps", "25", "--speed", "1000", "--random", "7", "--url", wsUrl];
    const { stderr, ...outcome } = await runCli(["gameoflife", ...args, ...options]);
    expect(outcome).to.deep.equal({ code: 0, stdout: "" });
    expect(await recorder.grids(25)).to.deep.equal(generations(toGrid(randomStates(9, 7), 9), 25, true));
    recorder.close();
    return stderr;
  }

  it("plays the same game, an update at a time", async () => {
    expect(await play(await serve())).to.equal("");
  });

  it("plays it in one process, and says so where there were to be more", async () => {
    const wsUrl = await serve();
    expect(await play(wsUrl, "--processes", "2")).to.equal(
      `${wsUrl} knows the original's wire format alone: one process plays all cells\n`,
    );
  });
});

/** How long a game of that size may take, in milliseconds. */
function patience(size: number): number {
  return TIMEOUT * (1 + size / 10);
}

function toMarks(line: string): string {
  return line.replaceAll("x", "O");
}
