import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { CommandError } from "./errors.ts";
import { examples } from "./examples.ts";
import { runGameoflife } from "./gameoflife/index.ts";
import { untilAborted } from "./interrupts.ts";
import { integer } from "./options.ts";
import type { Output } from "./output.ts";
import { packageRoot } from "./package-root.ts";

const GAME = { size: 64, pattern: "gosper", center: false, wrap: false, speed: 8 };

const LISTENING = /^Listening on (http:\/\/\S+)/;

const EXAMPLES = examples({
  "on a port of its own": "demo --port 9000",
});

/** The subcommand `demo`: a server, and a Gosper gun that fires on it. */
export function demo(output: Output, signal: AbortSignal): Command {
  return new Command("demo")
    .summary("start a server and a Gosper gun on it")
    .description("Start a server and a Gosper gun on it. Ctrl-C ends both.")
    .option("--port <port>", "the server's port; 0 for any that is free", integer(0, 65_535), 8000)
    .addHelpText("after", EXAMPLES)
    .action(({ port }: { port: number }) => runDemo(port, output, signal));
}

/**
 * Starts a server, and plays a Gosper gun on it until `signal` aborts. The server ends in any case.
 *
 * @throws CommandError if the server does not start, or the game breaks off
 * @throws Interruption when `signal` aborts
 */
export async function runDemo(port: number, output: Output, signal: AbortSignal): Promise<void> {
  const server = startServer(port);
  try {
    const page = await untilAborted(listening(server, server.stdout), signal);
    output.write(`A Gosper gun fires on ${page}: open it in a browser. Ctrl-C ends it.\n`);
    await runGameoflife(
      { ...GAME, url: [page.replace(/^http/, "ws")] },
      { output, errors: process.stderr },
      signal,
    );
  } finally {
    await end(server);
  }
}

/**
 * The server has a process group of its own: Ctrl-C, which goes to the terminal's whole group, must not end it before the
 * game.
 */
function startServer(port: number) {
  const app = fileURLToPath(new URL("dist/app.js", packageRoot()));
  return spawn(process.execPath, [app, "--port", String(port), "--log", "off"], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function listening(server: ChildProcess, stdout: Readable): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const page = LISTENING.exec(line)?.[1];
    if (page !== undefined) {
      // What it says from now on is read and dropped, so that it never waits for a reader.
      stdout.resume();
      return page;
    }
  }
  await ended(server);
  throw new CommandError("The server did not start");
}

async function end(server: ChildProcess): Promise<void> {
  server.kill("SIGTERM");
  await ended(server);
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
}
