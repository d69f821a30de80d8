/**
 * `npm run chaos:life`: a Game of Life on two servers, in two processes, while these, their Redis and the connections between them fail; then all
 * that was seen of it has to be what the rules say.
 */

import { parseArgs } from "node:util";
import { randomSeed } from "../../../commands/gameoflife/random.ts";
import { liveLine } from "../../../commands/live-line.ts";
import { chaos, type Outcome, type Progress } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { commandLine, report } from "./report.ts";

const USAGE = `npm run chaos:life -- [--size N] [--pattern NAME | --random] [--steps N] [--speed N] [--faults N] [--pause MS] [--seed SEED]

  --size N         the side of the grid, a torus (default: 38, which has room for a Gosper gun and a cell around it)
  --pattern NAME   what the game begins with: a file, or a name in patterns/ (default: gosper)
  --random         begin at random instead, by the seed
  --steps N        the step to end after (default: 500)
  --speed N        steps per second, at most (default: 10)
  --faults N       how often something fails meanwhile (default: 24)
  --pause MS       for how many milliseconds a process stands still that is stopped (default: 5000)
  --seed SEED      what fails, and at which steps (default: random)

It needs Linux, and Redis or Valkey.`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

await main();

async function main(): Promise<void> {
  let options: ChaosOptions | undefined;
  try {
    options = readOptions();
    if (!options) return console.log(USAGE);
    const outcome = await watched(options);
    console.log(report(options, outcome));
    process.exit(outcome.findings.length > 0 ? 1 : 0);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(
      options && !(error instanceof RangeError) ? `repeat it with ${commandLine(options)}` : USAGE,
    );
    process.exit(1);
  }
}

/** @throws TypeError for an option that there is not */
function readOptions(): ChaosOptions | undefined {
  const { values } = parseArgs({
    options: {
      size: text,
      pattern: text,
      random: flag,
      steps: text,
      speed: text,
      faults: text,
      pause: text,
      seed: text,
      help: flag,
    },
  });
  if (values.help) return undefined;
  return {
    size: Number(values.size ?? 38),
    pattern: values.random ? undefined : (values.pattern ?? "gosper"),
    steps: Number(values.steps ?? 500),
    speed: Number(values.speed ?? 10),
    faults: Number(values.faults ?? 24),
    pause: Number(values.pause ?? 5000),
    seed: Number(values.seed ?? randomSeed()),
  };
}

async function watched(options: ChaosOptions): Promise<Outcome> {
  let progress: Progress | undefined;
  const end = liveLine(process.stdout, () => (progress ? described(progress) : "The servers start"));
  try {
    return await chaos(options, (now) => {
      progress = now;
    });
  } finally {
    end();
  }
}

function described({ struck, steps }: Progress): string {
  return `step ${steps.join(" and ")}, ${struck.length} faults so far`;
}
