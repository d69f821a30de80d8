import { Command, InvalidArgumentError, Option } from "commander";
import { MAX_NAME, MAX_SIZE, parseName } from "../../handlers/life/protocol.ts";
import { checkFileLimit } from "../file-limit.ts";
import { untilAborted } from "../interrupts.ts";
import { liveLine } from "../live-line.ts";
import { integer, number, webSocketUrl } from "../options.ts";
import type { Output } from "../output.ts";
import { checkPortLimit } from "../port-limit.ts";
import { playGame } from "./game.ts";
import { loadPattern } from "./load-pattern.ts";
import { placePattern } from "./pattern.ts";
import { createProgress, describeProgress } from "./progress.ts";
import { randomSeed, randomStates, SEEDS } from "./random.ts";

/** What `gameoflife` is told on the command line. */
export interface GameoflifeOptions {
  readonly size: number;
  /** A pattern's file or name; without it the game starts at random. */
  readonly pattern?: string;
  /** Whether the pattern goes in the middle. */
  readonly center: boolean;
  readonly wrap: boolean;
  /** The step to end after; without it the game never ends. */
  readonly steps?: number;
  /** Steps per second, at most. */
  readonly speed: number;
  /** The server's base URL. */
  readonly url: string;
  /** The game's name on the server; without it the default one. */
  readonly game?: string;
  /** The seed of a repeatable random start. */
  readonly random?: number;
}

/** The largest step that the wire format can tell. */
const MAX_STEPS = 999_999_999;

/** The subcommand `gameoflife`: one worker for each cell of the Game of Life. */
export function gameoflife(output: Output, signal: AbortSignal): Command {
  return new Command("gameoflife")
    .summary("play the Game of Life, with one worker for each cell")
    .description("Play the Game of Life, with one worker for each cell. Ctrl-C ends it.")
    .option("-s, --size <cells>", "the side of the grid", integer(1, MAX_SIZE), 32)
    .addOption(
      new Option("-p, --pattern <name>", "a file, plain text or .rle, or a name in patterns/").conflicts(
        "random",
      ),
    )
    .option("-C, --no-center", "put the pattern in the top left corner, not in the middle")
    .option("-W, --no-wrap", "let the grid end at its edges")
    .option("-n, --steps <number>", "end after this step (default: never)", integer(0, MAX_STEPS))
    .option("-l, --speed <steps>", "steps per second, at most", number(0.001, 1_000_000), 1)
    .option("--game <name>", "a game of its own, at /games/NAME/", gameName)
    .option("--url <url>", "the server", webSocketUrl, "ws://localhost:8000")
    .option("--random <seed>", "repeat a random start: one cell in four alive", integer(0, SEEDS - 1))
    .action((options: GameoflifeOptions) => runGameoflife(options, output, signal));
}

/**
 * Plays a game as told, with a live line where output is a terminal.
 *
 * @throws CommandError if the pattern cannot be used, or the game breaks off
 * @throws Interruption when `signal` aborts
 */
export async function runGameoflife(
  options: GameoflifeOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const { size, wrap, speed, url, game: name, steps = Number.POSITIVE_INFINITY } = options;
  const cells = size * size;
  const states = await firstStates(options);
  checkFileLimit(cells, "workers");
  checkPortLimit(cells, "workers");
  const progress = createProgress();
  const endLine = liveLine(output, describeProgress(progress, cells));
  try {
    await untilAborted(playGame({ url, name, size, states, wrap, speed, steps }, progress), signal);
  } finally {
    endLine();
  }
}

async function firstStates(options: GameoflifeOptions): Promise<Uint8Array> {
  const { size, pattern, center, random } = options;
  if (pattern === undefined) return randomStates(size, random ?? randomSeed());
  return placePattern(await loadPattern(pattern), size, center);
}

function gameName(text: string): string {
  const name = parseName(text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(`It must be 1 to ${MAX_NAME} letters, digits, "-" and "_".`);
}
