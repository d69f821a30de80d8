/**
 * `npm run fuzz`: every property with many inputs, against a server in a process of its own.
 */

import { parseArgs } from "node:util";
import Table from "cli-table3";
import { liveLine } from "../../commands/live-line.ts";
import { campaign, type Outcome } from "./campaign.ts";
import { PROPERTIES } from "./properties/index.ts";
import { Target } from "./target.ts";

const USAGE = `npm run fuzz -- [--only NAME] [--runs INPUTS] [--seed SEED] [--path PATH]

  --only NAME    one property: ${PROPERTIES.map(({ name }) => name).join(", ")}
  --runs INPUTS  how many inputs each property is tried with
  --seed SEED    what the inputs are drawn from
  --path PATH    the one input that a failure has named`;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    runs: { type: "string" },
    seed: { type: "string" },
    path: { type: "string" },
    help: { type: "boolean" },
  },
});

const seed = Number(values.seed ?? Date.now() & 0x7fffffff);
const chosen = PROPERTIES.filter(({ name }) => values.only === undefined || values.only === name);

if (values.help || chosen.length === 0 || !Number.isInteger(seed)) {
  console.error(USAGE);
  process.exitCode = values.help ? 0 : 1;
} else {
  const outcomes = await tryAll();
  console.log(`${table(outcomes)}\nseed ${seed}`);
  if (outcomes.some(({ failure }) => failure !== undefined)) process.exitCode = 1;
}

async function tryAll(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let target = await Target.start();
  for (const property of chosen) {
    if (!target.isAlive) target = await Target.start();
    const inputs = Number(values.runs ?? property.inputs);
    let tried = 0;
    const end = liveLine(process.stdout, () => `${property.name}: ${tried} of ${inputs}`);
    const outcome = await campaign(property, {
      target,
      seed,
      inputs,
      path: values.path,
      onTried(count) {
        tried += count;
      },
    });
    end();
    outcomes.push(outcome);
    console.log(outcome.failure ?? `${property.name}: held for ${outcome.tried} inputs`);
  }
  await target.stop();
  return outcomes;
}

function table(outcomes: readonly Outcome[]): string {
  const table = new Table({
    head: ["property", "inputs", "seconds", "inputs/s", "heap", ""],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right", "right", "right", "left"],
  });
  for (const { name, tried, seconds, growth, failure } of outcomes) {
    table.push([
      ...row(name, tried, seconds),
      `${Math.round(growth / 1024)} kB`,
      failure ? "FAILED" : "held",
    ]);
  }
  const sum = (figure: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, outcome) => total + figure(outcome), 0);
  table.push([
    ...row(
      "all",
      sum(({ tried }) => tried),
      sum(({ seconds }) => seconds),
    ),
    "",
    "",
  ]);
  return table.toString();
}

function row(name: string, tried: number, seconds: number): string[] {
  return [name, String(tried), seconds.toFixed(1), (tried / seconds).toFixed(0)];
}
