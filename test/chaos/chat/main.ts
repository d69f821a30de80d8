/**
 * `npm run chaos:chat`: members write in the chat while its servers, and what they share, are killed, again and again; then nothing may be lost, doubled
 * or in another order.
 */

import { parseArgs } from "node:util";
import { checkFileLimit } from "../../../commands/file-limit.ts";
import { randomSeed } from "../../../commands/gameoflife/random.ts";
import { liveLine } from "../../../commands/live-line.ts";
import { chaos, type Outcome, type Progress } from "./chaos.ts";
import type { ChaosOptions } from "./plan.ts";
import { commandLine, report } from "./report.ts";

const USAGE = `npm run chaos:chat -- [--members N] [--rooms N] [--seconds N] [--kills N] [--seed SEED] [--redis]

  --members N  how many write (default: 200)
  --rooms N    in how many rooms (default: 5)
  --seconds N  for how long (default: 60)
  --kills N    how often a server, or Redis, is killed meanwhile (default: 12)
  --seed SEED  what is written, and when the server is killed (default: random)
  --redis      two servers and a Redis, instead of one server alone`;

const text = { type: "string" } as const;

await main();

async function main(): Promise<void> {
  let options: ChaosOptions | undefined;
  try {
    options = readOptions();
    if (!options) return console.log(USAGE);
    checkFileLimit(options.members, "members");
    const outcome = await watched(options);
    console.log(report(options, outcome));
    if (outcome.findings.length > 0) process.exitCode = 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    console.error(
      options && !(error instanceof RangeError) ? `repeat it with ${commandLine(options)}` : USAGE,
    );
    // Members that are left behind would keep the process alive.
    process.exit(1);
  }
}

/** @throws TypeError for an option that there is not */
function readOptions(): ChaosOptions | undefined {
  const { values } = parseArgs({
    options: {
      members: text,
      rooms: text,
      seconds: text,
      kills: text,
      seed: text,
      redis: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) return undefined;
  return {
    members: Number(values.members ?? 200),
    rooms: Number(values.rooms ?? 5),
    seconds: Number(values.seconds ?? 60),
    kills: Number(values.kills ?? 12),
    seed: Number(values.seed ?? randomSeed()),
    redis: values.redis ?? false,
  };
}

async function watched(options: ChaosOptions): Promise<Outcome> {
  let progress: Progress | undefined;
  const end = liveLine(process.stdout, () => (progress ? described(progress) : "The server starts"));
  try {
    return await chaos(options, (now) => {
      progress = now;
    });
  } finally {
    end();
  }
}

function described({ kills, acknowledged, counts }: Progress): string {
  return `${kills} times killed, ${acknowledged} messages acknowledged, ${counts.deliveries} deliveries`;
}
