import { spawnSync } from "node:child_process";
import { Command, Option } from "commander";
import { CommandError } from "../../errors.ts";
import { examples } from "../../examples.ts";
import { checkFileLimit } from "../../file-limit.ts";
import { untilAborted } from "../../interrupts.ts";
import { integer, named } from "../../options.ts";
import type { Output } from "../../output.ts";
import { checkPortLimit } from "../../port-limit.ts";
import { describeMachine, thisMachine } from "../machine.ts";
import { pinning } from "../pinning.ts";
import { GAMES, type LifeGame, withNeeded } from "./games.ts";
import { type MeasuredGame, measureGames } from "./measure-games.ts";
import { findPython, type Python } from "./python.ts";
import { reportGames } from "./report.ts";
import { FULL, QUICK } from "./scale.ts";
import { original, ours, oursOn } from "./sides.ts";
import { LIFE_NOTES, lifeTable } from "./table.ts";

/** What `bench-life` is told on the command line. */
export interface BenchLifeOptions {
  readonly only?: readonly LifeGame[];
  readonly quick?: true;
  readonly runs?: number;
}

const EXAMPLES = examples({
  "a first look": "bench-life --quick",
  "the game of a hundred by a hundred, three times": "bench-life --only large --runs 3",
});

/** The subcommand `bench-life`: the Game of Life from end to end. */
export function benchLife(output: Output, signal: AbortSignal): Command {
  const names = GAMES.map(({ name }) => name).join(", ");
  return new Command("bench-life")
    .summary("measure the Game of Life, from end to end")
    .description(
      "Measure how many steps a second the Game of Life makes, with its server and all of its workers in a process each: " +
        "against the original's design in Python, large, with a watcher that never reads, and on many processes.",
    )
    .option(
      "--only <names>",
      `games, with commas between them: ${names} (default: all)`,
      named(GAMES, "game"),
    )
    .addOption(new Option("--quick", "shorter games, and one run"))
    .addOption(new Option("--runs <number>", `how often (default: ${FULL.runs})`).argParser(integer(1, 100)))
    .addHelpText("after", EXAMPLES)
    .action((options: BenchLifeOptions) => runBenchLife(options, output, signal));
}

/**
 * Measures, a line for each game, and ends with the table.
 *
 * @throws CommandError if that cannot be done, or a game breaks off
 * @throws Interruption when `signal` aborts
 */
export async function runBenchLife(
  { only = GAMES, quick, runs }: BenchLifeOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const tell = (text: string) => void output.write(`${text}\n`);
  const scale = quick ? QUICK : FULL;
  const wanted = withNeeded(only);
  const workers = Math.max(...wanted.map(({ size }) => size ** 2));
  checkFileLimit(workers, "workers");
  checkPortLimit(workers, "workers");
  const python = wanted.some(({ isOriginal }) => isOriginal) ? findPython() : undefined;
  const games = playable(wanted, python, tell);
  const pins = pinning();
  const pinned = pins.server.length > 0 ? "the server on a core of its own" : "server and workers not pinned";
  tell([describeMachine(thisMachine()), ...(python ? [python.description] : []), pinned].join("; "));
  const measured = measureGames(games, { ...scale, runs: runs ?? scale.runs }, pins, tell);
  tell(`${lifeTable(reportGames(await untilAborted(measured, signal)))}\n${LIFE_NOTES}`);
}

function playable(
  games: readonly LifeGame[],
  python: Python | undefined,
  tell: (line: string) => void,
): MeasuredGame[] {
  const found = games.flatMap((game): MeasuredGame[] => {
    if (!game.isOriginal) return sideOf(game, tell);
    if (python) return [{ game, side: original(python) }];
    tell(`${game.name} is left out: there is no python3 that has the package websockets`);
    return [];
  });
  if (found.length > 0) return found;
  throw new CommandError(
    "There is nothing to measure: install websockets for python3 (Debian: python3-websockets)",
  );
}

/** This project's; none where that needs a Redis, and there is none. */
function sideOf(game: LifeGame, tell: (line: string) => void): MeasuredGame[] {
  if (!game.site) return [{ game, side: ours }];
  if (game.site !== "redis" || spawnSync("redis-server", ["--version"]).status === 0)
    return [{ game, side: oursOn(game.site) }];
  tell(`${game.name} is left out: there is no redis-server`);
  return [];
}
