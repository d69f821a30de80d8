import { open, writeFile } from "node:fs/promises";
import { Command, Option } from "commander";
import { CommandError, errorMessage } from "../errors.ts";
import { examples } from "../examples.ts";
import { checkFileLimit } from "../file-limit.ts";
import { untilAborted } from "../interrupts.ts";
import { integer, named } from "../options.ts";
import type { Output } from "../output.ts";
import { checkPortLimit } from "../port-limit.ts";
import { chart } from "./chart.ts";
import { check } from "./check.ts";
import { columns } from "./columns.ts";
import { describeMachine, thisMachine } from "./machine.ts";
import { measurePeers } from "./measure-peers.ts";
import { BASELINE, findPeer, type InstalledPeer, OURS, PEERS, type Peer } from "./peers.ts";
import { pinning } from "./pinning.ts";
import { type Report, reportPeers, toJson } from "./report.ts";
import { CHECK, FULL, QUICK, type Scale } from "./scale.ts";
import { cpuTable, NOTES, table } from "./table.ts";

/** What `bench` is told on the command line. */
export interface BenchOptions {
  readonly only?: readonly Peer[];
  readonly quick?: true;
  readonly check?: true;
  readonly runs?: number;
  /** Files to write. */
  readonly json?: string;
  readonly svg?: string;
}

const EXAMPLES = examples({
  "a first look": "bench --quick --only ws,express-c10k",
  "all of them, three times, with a chart": "bench --runs 3 --json bench.json --svg bench.svg",
});

/** The subcommand `bench`: this library and its peers, against bare ws. */
export function bench(output: Output, signal: AbortSignal): Command {
  return new Command("bench")
    .summary("measure this library and its peers against bare ws")
    .description(
      "Measure handshakes, memory, echoes and bursts of this library and of its peers: the same server written for each, " +
        "and a load, in processes of their own. The ratios against bare ws are what moves least from machine to machine.",
    )
    .option(
      "--only <names>",
      `peers, with commas between them: ${names(PEERS)} (default: all)`,
      named(PEERS, "peer"),
    )
    .addOption(new Option("--quick", "fewer clients, shorter and fewer runs"))
    .addOption(new Option("--runs <number>", `how often (default: ${FULL.runs})`).argParser(integer(1, 100)))
    .option("--json <file>", "write all figures to a file")
    .option("--svg <file>", "write a chart of the ratios to a file")
    .addOption(
      new Option("--check", "fail if this library takes more processor time than it may").conflicts([
        "only",
        "quick",
      ]),
    )
    .addHelpText("after", EXAMPLES)
    .action((options: BenchOptions) => runBench(options, output, signal));
}

/**
 * Measures, a line for each trial, and ends with the tables.
 *
 * @throws CommandError if that cannot be done, or a check fails
 * @throws Interruption when `signal` aborts
 */
export async function runBench(options: BenchOptions, output: Output, signal: AbortSignal): Promise<void> {
  const tell = (text: string) => void output.write(`${text}\n`);
  const scale = scaleOf(options);
  checkFileLimit(scale.connections, "connections");
  checkPortLimit(scale.connections, "connections");
  const measured = installed(options, tell);
  checkBaseline(options, measured);
  await checkFiles(options);
  const pins = pinning();
  const machine = thisMachine();
  const pinned = pins.server.length > 0;
  tell(
    `${describeMachine(machine)}; ${pinned ? "the server on a core of its own" : "server and load not pinned"}`,
  );
  const measurements = await untilAborted(measurePeers(measured, scale, pins, tell), signal);
  const shown = columns(scale);
  const report: Report = {
    date: new Date().toISOString(),
    machine,
    pinned,
    scale,
    columns: shown,
    peers: reportPeers(shown, measurements),
  };
  tell(table(report));
  tell(`The server's processor time, in microseconds:\n${cpuTable(report)}\n${NOTES}`);
  if (options.json) await writeFile(options.json, toJson(report));
  if (options.svg) await writeFile(options.svg, chart(report));
  if (options.check) tell(check(report).join("\n"));
}

function scaleOf({ quick, check, runs }: BenchOptions): Scale {
  const scale = check ? CHECK : quick ? QUICK : FULL;
  return runs === undefined ? scale : { ...scale, runs };
}

function checkBaseline({ svg }: BenchOptions, peers: readonly InstalledPeer[]): void {
  if (svg === undefined || peers.some(({ name }) => name === BASELINE)) return;
  throw new CommandError(`The chart shows ratios against ${BASELINE}: add ${BASELINE} to --only`);
}

/** Before a quarter of an hour is spent on what cannot be written. */
async function checkFiles({ json, svg }: BenchOptions): Promise<void> {
  for (const path of [json, svg]) {
    if (path === undefined) continue;
    try {
      await (await open(path, "a")).close();
    } catch (error) {
      throw new CommandError(`${path} cannot be written: ${errorMessage(error)}`);
    }
  }
}

function installed({ only, check }: BenchOptions, tell: (line: string) => void): InstalledPeer[] {
  const compared = PEERS.filter(({ name }) => name === OURS || name === BASELINE);
  const wanted = only ?? (check ? compared : PEERS);
  const found = wanted.flatMap((peer) => {
    const one = findPeer(peer);
    if (!one) tell(`${peer.name} is left out: its npm package is not installed`);
    return one ? [one] : [];
  });
  if (found.length === 0) throw new CommandError(`There is nothing to measure: install ${names(wanted)}`);
  return found;
}

function names(peers: readonly Peer[]): string {
  return peers.map(({ name }) => name).join(", ");
}
