/**
 * `npm run status:cost`: how much of a processor core a server takes that holds many idle connections, and how much more of it while
 * somebody looks at its status page. In turns, without a viewer and with one, so that what else the machine does is in both.
 */

import Table from "cli-table3";
import { Command } from "commander";
import { type Summary, summarize } from "../../commands/bench/statistics.ts";
import { connector } from "../../commands/connector.ts";
import { checkFileLimit } from "../../commands/file-limit.ts";
import { pinnedLookup } from "../../commands/find-server.ts";
import { integer, number } from "../../commands/options.ts";
import { start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { processorTime } from "./processor-time.ts";

/** How long all of it may take beside the measurement, in milliseconds. */
const PATIENCE = 120_000;

/** How many connections are opened at once. */
const RUSH = 500;

interface Options {
  readonly connections: number;
  readonly seconds: number;
  readonly rounds: number;
}

const options = new Command("npm run status:cost --")
  .description("Measure what a viewer of the status page costs a server, in processor time.")
  .option(
    "--connections <number>",
    "how many idle connections the server holds",
    integer(0, 1_000_000),
    10_000,
  )
  .option("--seconds <number>", "how long to measure, each time", number(1, 3600), 20)
  .option("--rounds <number>", "how often, without a viewer and with one", integer(1, 100), 5)
  .parse()
  .opts<Options>();

checkFileLimit(options.connections, "connections");
const timeout = PATIENCE + 2 * options.rounds * (options.seconds + 1) * 1000;
const server = start(process.execPath, ["dist/app.js", "--port=0", "--log=off"], { cwd: ROOT, timeout });
try {
  const [, url = ""] = await server.said(/^Listening on (\S+)\n/m);
  await measure(url.replace(/^http/, "ws").slice(0, -1), server.process.pid ?? 0);
} finally {
  server.process.kill("SIGTERM");
  await server.outcome;
}

async function measure(wsUrl: string, pid: number): Promise<void> {
  const connect = connector(pinnedLookup("127.0.0.1"));
  for (let open = 0; open < options.connections; open += RUSH) {
    const count = Math.min(RUSH, options.connections - open);
    await Promise.all(Array.from({ length: count }, () => connect(`${wsUrl}/test/ws/`)));
  }
  const [without, withOne]: [number[], number[]] = [[], []];
  for (let round = 0; round < options.rounds; round++) {
    without.push(await shareOf(pid));
    const viewer = await connect(`${wsUrl}/status/feed/`);
    // The second frame is what was kept, or the first sample: from then on there is one a second.
    await viewer.recv();
    await viewer.recv();
    withOne.push(await shareOf(pid));
    await viewer.close();
  }
  console.log(report(without, withOne));
}

/** How much of a core the server takes, from 0 to 1. */
async function shareOf(pid: number): Promise<number> {
  const [before, begin] = [processorTime(pid), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, options.seconds * 1000));
  return (processorTime(pid) - before) / (performance.now() - begin);
}

function report(without: readonly number[], withOne: readonly number[]): string {
  const table = new Table({ head: ["of a core", "median", "min..max"], style: { head: [], border: [] } });
  const added = withOne.map((share, round) => share - (without[round] ?? 0));
  for (const [name, shares] of Object.entries({
    "without a viewer": without,
    "with one": withOne,
    "the viewer": added,
  }))
    table.push([name, ...rowOf(summarize(shares))]);
  return `${table}\n${options.connections} idle connections, ${options.rounds} × ${options.seconds} s each`;
}

function rowOf({ median, min, max }: Summary): string[] {
  return [percent(median), `${percent(min)}..${percent(max)}`];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
