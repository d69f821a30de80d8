/**
 * `npm run chaos:life`: a game is played while its servers, its workers and what they share are killed and stopped, and connections are cut and stalled,
 * again and again; then every state that was seen has to be the one that the reference has.
 */

import { parseArgs } from "node:util";
import { randomSeed } from "../../../commands/gameoflife/random.ts";
import { liveLine } from "../../../commands/live-line.ts";
import { chaos, type Outcome, type Progress } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { commandLine, report } from "./report.ts";

const USAGE = `npm run chaos:life -- [--size N] [--pattern NAME] [--steps N] [--speed N] [--faults N] [--pause MS] [--seed SEED]

  --size N        the side of the grid (default: 38, the smallest that has room for a Gosper gun and a cell around it)
  --pattern NAME  a file, or a name in patterns/ (default: gosper)
  --steps N       how many steps (default: 500)
  --speed N       steps per second, at most (default: 50)
  --faults N      how many faults (default: 24)
  --pause MS      for how many milliseconds a process is stopped that is not killed (default: 5000)
  --seed SEED     what happens when (default: random)`;

const text = { type: "string" } as const;

await main();

async function main(): Promise<void> {
  let options: ChaosOptions | undefined;
  try {
    options = readOptions();
    if (!options) return console.log(USAGE);
    const outcome = await watched(options);
    console.log(report(options, outcome));
    if (outcome.findings.length > 0) process.exitCode = 1;
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
      steps: text,
      speed: text,
      faults: text,
      pause: text,
      seed: text,
      help: { type: "boolean" },
    },
  });
  if (values.help) return undefined;
  return {
    size: Number(values.size ?? 38),
    pattern: values.pattern ?? "gosper",
    steps: Number(values.steps ?? 500),
    speed: Number(values.speed ?? 50),
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

function described({ struck, step, seen, connections }: Progress): string {
  const last = struck.at(-1);
  return `step ${step}, ${struck.length} faults${last ? `, last: ${last.kind}` : ""}, ${connections} connections, ${seen} states seen`;
}
