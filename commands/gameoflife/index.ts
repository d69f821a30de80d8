import { Command, InvalidArgumentError, Option } from "commander";
import { MAX_NAME, MAX_SIZE, parseName } from "../../handlers/life/protocol.ts";
import { CommandError } from "../errors.ts";
import { examples } from "../examples.ts";
import { checkFileLimit } from "../file-limit.ts";
import { integer, number, webSocketUrl } from "../options.ts";
import type { Output, OutputStreams } from "../output.ts";
import { checkPortLimit } from "../port-limit.ts";
import { findGame, playGame, resumeGame } from "./game.ts";
import { loadPattern } from "./load-pattern.ts";
import { placePattern } from "./pattern.ts";
import type { Progress } from "./progress.ts";
import { randomSeed, randomStates, SEEDS } from "./random.ts";
import { findServers } from "./servers.ts";
import { viewUrl } from "./urls.ts";
import { watchGame } from "./watch-game.ts";

/** What `gameoflife` is told on the command line. */
export interface GameoflifeOptions {
  /** The side of the grid; without it that of the game that is resumed, or 32. */
  readonly size?: number;
  /** A pattern's file or name; without it the game starts at random. */
  readonly pattern?: string;
  /** Whether the pattern goes in the middle. */
  readonly center: boolean;
  readonly wrap: boolean;
  /** The step to end after; without it the game never ends. */
  readonly steps?: number;
  /** Steps per second, at most. */
  readonly speed: number;
  /** The servers' base URLs. */
  readonly url: readonly string[];
  /** The game's name on the servers; without it the default one. */
  readonly game?: string;
  /** The seed of a repeatable random start. */
  readonly random?: number;
  /** How many processes the cells are split over. Default: 1. */
  readonly processes?: number;
  /** Whether to go on with the game that is on. Default: false. */
  readonly resume?: boolean;
  /** For how many seconds there may be no server. Default: 60. */
  readonly patience?: number;
  /** Whether all figures are given as JSON, and nothing else. Default: false. */
  readonly json?: boolean;
}

/** The side of the grid of a game that nobody has said another of. */
const DEFAULT_SIZE = 32;

/** In seconds: as long as a server may take to be restarted. */
const DEFAULT_PATIENCE = 60;

/** More would be no help on any machine. */
const MAX_PROCESSES = 256;

const DEFAULT_URL = "ws://localhost:8000";

/** The largest step that the wire format can tell. */
const MAX_STEPS = 999_999_999;

const EXAMPLES = examples({
  "a Gosper gun": "gameoflife --size 64 --pattern gosper --no-wrap --speed 10",
  "how many steps a second are possible":
    "gameoflife --steps 500 --speed 1000000 --json | jq .stepsPerSecond",
  "on two servers that share a Redis, the cells in four processes":
    "gameoflife --processes 4 --url ws://one:8000 --url ws://two:8000",
  "go on with a game whose workers were killed": "gameoflife --resume",
});

/** The subcommand `gameoflife`: one worker for each cell of the Game of Life. */
export function gameoflife(output: Output, signal: AbortSignal): Command {
  return new Command("gameoflife")
    .summary("play the Game of Life, with one worker for each cell")
    .description(
      "Play the Game of Life, with one worker for each cell. A worker that loses its server comes back. Ctrl-C ends it.",
    )
    .option("-s, --size <cells>", "the side of the grid (default: 32)", integer(1, MAX_SIZE))
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
    .option("--url <url>", `a server; may be given again (default: "${DEFAULT_URL}")`, urls)
    .option("--random <seed>", "repeat a random start: one cell in four alive", integer(0, SEEDS - 1))
    .option(
      "--processes <number>",
      "how many processes to split the cells over",
      integer(1, MAX_PROCESSES),
      1,
    )
    .option("--json", "give all figures as JSON at the end; progress goes to standard error")
    .option("--resume", "live the cells of the game that is on which nobody lives (say --no-wrap again)")
    .option(
      "--patience <seconds>",
      "how long to wait for a server that is gone",
      number(0, 86_400),
      DEFAULT_PATIENCE,
    )
    .addHelpText("after", EXAMPLES)
    .action(({ url = [DEFAULT_URL], ...options }: GameoflifeOptions) =>
      runGameoflife({ url, ...options }, { output, errors: process.stderr }, signal),
    );
}

/**
 * Plays a game as told. Where output is a terminal it shows a live line, and ends with how long steps took.
 *
 * @throws CommandError if the pattern cannot be used, or the game breaks off
 * @throws Interruption when `signal` aborts
 */
export async function runGameoflife(
  options: GameoflifeOptions,
  streams: OutputStreams,
  signal: AbortSignal,
): Promise<void> {
  const { wrap, speed, url, game: name, steps = Number.POSITIVE_INFINITY, processes = 1 } = options;
  const patience = (options.patience ?? DEFAULT_PATIENCE) * 1000;
  const manner = { name, wrap, speed, steps, patience, processes, tell: console.error };
  const shown = { url, name, wrap, speed, steps, processes, json: options.json ?? false };
  if (options.resume) {
    const servers = await findServers(url, console.error);
    const seen = await findGame(servers, name);
    checkSize(options.size, seen.size);
    const states = await knownStates(options, seen.size);
    checkLimits(seen.size, processes);
    const play = (progress: Progress) => resumeGame(servers, seen, states, { ...manner, progress });
    await watchGame(play, { ...shown, size: seen.size }, streams, signal);
  } else {
    const size = options.size ?? DEFAULT_SIZE;
    const states = (await knownStates(options, size)) ?? randomStates(size, randomSeed());
    checkLimits(size, processes);
    const servers = await findServers(url, console.error);
    const play = (progress: Progress) => playGame(servers, { size, states }, { ...manner, progress });
    await watchGame(play, { ...shown, size }, streams, signal);
  }
}

/** The states that the options say the game begins with; undefined where they do not. */
async function knownStates(
  { pattern, center, random }: GameoflifeOptions,
  size: number,
): Promise<Uint8Array | undefined> {
  if (pattern !== undefined) return placePattern(await loadPattern(pattern), size, center);
  return random === undefined ? undefined : randomStates(size, random);
}

function checkSize(wanted: number | undefined, size: number): void {
  if (wanted === undefined || wanted === size) return;
  throw new CommandError(`The game that is on is of size ${size}: leave --size ${wanted} out`);
}

function checkLimits(size: number, processes: number): void {
  const cells = size * size;
  if (processes > cells)
    throw new CommandError(
      `${processes} processes are more than ${cells} cells need: use --processes ${cells} or fewer`,
    );
  const what = processes === 1 ? "workers" : "workers of a process";
  checkFileLimit(Math.ceil(cells / processes), what);
  checkPortLimit(cells, "workers");
}

/** Reads an option that may be given more than once: a server counts once, however it is written. */
function urls(text: string, before: readonly string[] = []): string[] {
  const url = webSocketUrl(text);
  return before.some((other) => viewUrl(other, undefined, "") === viewUrl(url, undefined, ""))
    ? [...before]
    : [...before, url];
}

function gameName(text: string): string {
  const name = parseName(text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(`It must be 1 to ${MAX_NAME} letters, digits, "-" and "_".`);
}
