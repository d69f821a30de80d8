import { Command } from "commander";
import { CommandError } from "../errors.ts";
import { examples } from "../examples.ts";
import { checkFileLimit, connectionLimit, openFileLimit } from "../file-limit.ts";
import { findAddress } from "../find-server.ts";
import { untilAborted } from "../interrupts.ts";
import { integer, number, webSocketUrl } from "../options.ts";
import type { Output, OutputStreams } from "../output.ts";
import { firstLocalPort, localPortLimit } from "../port-limit.ts";
import { forecast } from "./forecast.ts";
import { type Audience, runProcesses } from "./processes.ts";
import { progress, progressAside } from "./progress.ts";
import { report } from "./report.ts";
import { result } from "./result.ts";
import { scoreboard } from "./scoreboard.ts";
import { runShare, type Share, shareOut } from "./share.ts";
import { fitOneAddress, sourceAddresses } from "./source-addresses.ts";
import { createTally, type Tally } from "./tally.ts";

/** What `testecho` is told on the command line. */
export interface TestechoOptions {
  readonly clients: number;
  /** How many processes they are split over. */
  readonly processes: number;
  /** Seconds. */
  readonly delay: number;
  /** Seconds. */
  readonly timeout: number;
  /** How often a client may begin anew when its server restarts. */
  readonly restarts: number;
  /** The echo view. */
  readonly url: string;
  /** How many local ports an address has; without it the system says. */
  readonly ports?: number;
  /** Whether all figures are given as JSON, and nothing else. */
  readonly json: boolean;
}

/** More would be no help on any machine. */
const MAX_PROCESSES = 256;

const EXAMPLES = examples({
  "a thousand clients, within a minute": "testecho --clients 1000 --delay 10",
  "a hundred thousand, where a process may open 20000 files": "testecho --processes 8 --clients 100000",
  "how long the slowest echo in a hundred took, in milliseconds":
    "testecho --delay 5 --json | jq .echoMs.p99",
  "while the server restarts, once": "testecho --restarts 1 --url wss://example.com/test/ws/",
});

/** The subcommand `testecho`: ten thousand clients that talk to the echo view. */
export function testecho(output: Output, signal: AbortSignal): Command {
  return new Command("testecho")
    .summary("connect 10000 clients to the echo view, and check every answer")
    .description(
      "Connect clients to the echo view, spread over twice the delay. Three times each waits for the delay, sends a " +
        "word and reads the answer. Exits with 0 only if every transcript was right.",
    )
    .option("--clients <number>", "how many", integer(1, 1_000_000), 10_000)
    .option("--processes <number>", "how many processes to split them over", integer(1, MAX_PROCESSES), 1)
    .option("--delay <seconds>", "how long a client waits before each word", number(0, 86_400), 60)
    .option("--timeout <seconds>", "how long it waits for an answer", number(0.001, 86_400), 30)
    .option(
      "--restarts <number>",
      "how often one begins anew when it is closed with 1001",
      integer(0, 1000),
      0,
    )
    .option("--url <url>", "the echo view", webSocketUrl, "ws://localhost:8000/test/ws/")
    .option("--json", "give all figures as JSON at the end; progress goes to standard error", false)
    .option("--ports <number>", "local ports of an address (default: the system's range)", integer(2, 65_535))
    .addHelpText("after", EXAMPLES)
    .action((options: TestechoOptions) => runTestecho(options, { output, errors: process.stderr }, signal));
}

/**
 * Runs all clients, shows how far they are, and ends with what came of them.
 *
 * @throws CommandError if they cannot be run, or any of them failed
 * @throws Interruption when `signal` aborts, after the report of what came of them so far
 */
export async function runTestecho(
  options: TestechoOptions,
  { output, errors }: OutputStreams,
  signal: AbortSignal,
): Promise<void> {
  const { clients, delay, json } = options;
  const tally = createTally(clients);
  const shares = await planShares(options);
  const start = performance.now();
  const outlook = forecast(tally, delay * 1000, start);
  const shown = json ? progressAside(errors, tally, outlook) : progress(output, tally, outlook);
  try {
    await runShares(shares, { observer: scoreboard(tally, shown), tell: shown.tell }, signal);
  } finally {
    shown.end();
    const duration = performance.now() - start;
    const text = json ? JSON.stringify(result(tally, options, duration), null, 2) : report(tally, duration);
    output.write(`${text}\n`);
  }
  checkCompleted(tally);
}

/** Finds the server, and makes sure before anybody connects that no limit will be hit. */
async function planShares(options: TestechoOptions): Promise<Share[]> {
  const { clients, processes, url, delay, timeout, restarts, ports = localPortLimit() } = options;
  checkFiles(clients, processes);
  const address = await findEchoServer(url, fitOneAddress(clients, ports));
  const sources = sourceAddresses(clients, address, ports);
  const times = { delay: delay * 1000, timeout: timeout * 1000 };
  return shareOut(
    { url, address, ...times, restarts, sources, firstPort: firstLocalPort() },
    clients,
    processes,
  );
}

/** `::1` has no neighbours to connect from: if one address is not enough, a server of `localhost` may be at 127.0.0.1 too. */
async function findEchoServer(url: string, oneIsEnough: boolean): Promise<string> {
  const address = await findAddress(url);
  if (oneIsEnough || address !== "::1" || new URL(url).hostname !== "localhost") return address;
  return findAddress(url, "127.0.0.1").catch(() => address);
}

function runShares(shares: readonly Share[], audience: Audience, signal: AbortSignal): Promise<void> {
  const [share, ...others] = shares;
  if (share && others.length === 0) return untilAborted(runShare(share, audience.observer), signal);
  return runProcesses(shares, audience, signal);
}

function checkFiles(clients: number, processes: number): void {
  if (processes > clients) {
    throw new CommandError(
      `${processes} processes are more than ${clients} clients need: use --processes ${clients} or fewer`,
    );
  }
  const each = Math.ceil(clients / processes);
  const enough = Math.ceil(clients / Math.max(1, connectionLimit()));
  const what = processes === 1 ? "clients" : "clients of a process";
  const otherwise = enough <= MAX_PROCESSES ? `, or use --processes ${enough}` : "";
  checkFileLimit(each, what, openFileLimit(), otherwise);
}

function checkCompleted({ clients, completed }: Tally): void {
  if (completed === clients) return;
  throw new CommandError(`${clients - completed} of ${clients} clients failed`);
}
