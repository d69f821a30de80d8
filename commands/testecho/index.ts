import { Command } from "commander";
import { connector } from "../connector.ts";
import { CommandError } from "../errors.ts";
import { failureCause } from "../failure.ts";
import { checkFileLimit } from "../file-limit.ts";
import { findServer } from "../find-server.ts";
import { untilAborted } from "../interrupts.ts";
import { integer, number, webSocketUrl } from "../options.ts";
import type { Output } from "../output.ts";
import { checkPortLimit } from "../port-limit.ts";
import { client, type Shared } from "./client.ts";
import { progress } from "./progress.ts";
import { report } from "./report.ts";
import { countFailure, createTally, type Tally } from "./tally.ts";

/** What `testecho` is told on the command line. */
export interface TestechoOptions {
  readonly clients: number;
  /** Seconds. */
  readonly delay: number;
  /** Seconds. */
  readonly timeout: number;
  /** The echo view. */
  readonly url: string;
}

/** The subcommand `testecho`: ten thousand clients that talk to the echo view. */
export function testecho(output: Output, signal: AbortSignal): Command {
  return new Command("testecho")
    .summary("connect 10000 clients to the echo view, and check every answer")
    .description(
      "Connect clients to the echo view, spread over twice the delay. Three times each waits for the delay, sends a " +
        "word and reads the answer. Exits with 0 only if every transcript was right.",
    )
    .option("--clients <number>", "how many", integer(1, 1_000_000), 10_000)
    .option("--delay <seconds>", "how long a client waits before each word", number(0, 86_400), 60)
    .option("--timeout <seconds>", "how long it waits for an answer", number(0.001, 86_400), 30)
    .option("--url <url>", "the echo view", webSocketUrl, "ws://localhost:8000/test/ws/")
    .action((options: TestechoOptions) => runTestecho(options, output, signal));
}

/**
 * Runs all clients, shows how far they are, and ends with a table.
 *
 * @throws CommandError if they cannot be run, or any of them failed
 * @throws Interruption when `signal` aborts, after the table of what came of them so far
 */
export async function runTestecho(
  options: TestechoOptions,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  const { clients } = options;
  checkFileLimit(clients, "clients");
  checkPortLimit(clients, "clients");
  const connect = connector(await findServer(options.url));
  const tally = createTally(clients);
  const shown = progress(output, tally);
  const { url, delay, timeout } = options;
  try {
    await untilAborted(
      runClients({ url, delay: delay * 1000, timeout: timeout * 1000, connect, tally, progress: shown }),
      signal,
    );
  } finally {
    shown.end();
    output.write(`${report(tally)}\n`);
  }
  checkCompleted(tally);
}

async function runClients(shared: Shared): Promise<void> {
  const { tally } = shared;
  const run = () => client(shared).catch((error) => countFailure(tally, failureCause(error)));
  await Promise.all(Array.from({ length: tally.clients }, run));
}

function checkCompleted({ clients, completed }: Tally): void {
  if (completed === clients) return;
  throw new CommandError(`${clients - completed} of ${clients} clients failed`);
}
