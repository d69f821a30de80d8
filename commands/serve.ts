import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { Command, Option } from "commander";
import { hookUpgrades, shutdown } from "../middleware/index.ts";
import { CommandError, systemErrorCode } from "./errors.ts";
import { checkFileLimit, connectionLimit, openFileLimit } from "./file-limit.ts";
import { integer } from "./options.ts";

interface ServeOptions {
  port: number;
  host?: string;
  log: string;
  connections?: number;
}

/** How many clients may wait to be accepted: a rush of thousands must not see its connections refused. */
const BACKLOG = 4096;

/** How many connections the project promises to hold. */
const C10K = 10_000;

/** Whether a module, given its file name, is what `node` was started with. */
export function isMain(filename: string): boolean {
  const [, script] = process.argv;
  try {
    // As node does: `node dist/app` and a symbolic link are the same file.
    return script !== undefined && createRequire(filename).resolve(script) === filename;
  } catch {
    return false;
  }
}

/**
 * What `node dist/app.js` does: reads the options, serves the app, and shuts down at SIGTERM or Ctrl-C.
 *
 * @param createApp makes the app that logs in the given format of morgan
 */
export async function serve(createApp: (log: string) => RequestListener): Promise<void> {
  const options = readOptions();
  try {
    checkFiles(options.connections);
    const server = await listen(createApp(options.log), options);
    console.log(`Listening on ${urlOf(server, options.host)}`);
    await stopSignal();
    await shutdown(server);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof CommandError ? error.message : error);
    process.exit(1);
  }
}

function readOptions(): ServeOptions {
  const port = new Option("-p, --port <port>", "the port; 0 for any that is free");
  const host = new Option("--host <host>", "the address to listen on (default: all of this machine)");
  return new Command("node dist/app.js")
    .description("Serve the demos: the Game of Life, the echo, the forms.")
    .addOption(port.env("PORT").argParser(integer(0, 65_535)).default(8000))
    .addOption(host.env("HOST"))
    .option("--log <format>", "log requests in this format of morgan; off for none", "tiny")
    .option("--connections <count>", "make sure that so many connections can be held", integer(1, 10_000_000))
    .parse()
    .opts<ServeOptions>();
}

function checkFiles(connections: number | undefined): void {
  if (connections !== undefined) {
    checkFileLimit(connections);
  } else if (connectionLimit() < C10K) {
    console.warn(`Too few open files for ${C10K} connections: the limit (ulimit -n) is ${openFileLimit()}`);
  }
}

async function listen(app: RequestListener, { port, host }: ServeOptions): Promise<Server> {
  const server = hookUpgrades(createServer(app));
  try {
    server.listen({ port, ...(host !== undefined && { host }), backlog: BACKLOG });
    await once(server, "listening");
  } catch (error) {
    throw new CommandError(whyNot(error, port, host));
  }
  turnAwayBeyondLimit(server);
  return server;
}

function whyNot(error: unknown, port: number, host = ""): string {
  const code = systemErrorCode(error);
  if (code === "EADDRINUSE") return `Port ${port} is in use: end what uses it, or choose another with --port`;
  if (code === "EACCES") return `Port ${port} may not be used: choose one from 1024 with --port`;
  return `Cannot listen on port ${port}${host && ` of ${host}`} (${code ?? String(error)}): choose another address with --host`;
}

/**
 * With no file descriptor left a connection cannot be accepted: that is said once, and those that are open go on. Node is
 * told the limit, since at the system's own it turns clients away without a word (libuv's `uv__emfile_trick`).
 */
function turnAwayBeyondLimit(server: Server): void {
  const limit = openFileLimit();
  let told = false;
  function tell(): void {
    if (!told)
      console.error(`Out of file descriptors: the limit (ulimit -n) is ${limit}. Clients are turned away`);
    told = true;
  }
  server.maxConnections = Math.max(1, connectionLimit());
  server.on("drop", tell).on("error", (error) => {
    if (!/^E[MN]FILE$/.test(systemErrorCode(error) ?? "")) throw error;
    tell();
  });
}

function urlOf(server: Server, host: string | undefined): string {
  const { port } = server.address() as AddressInfo;
  const everywhere = !host || host === "0.0.0.0" || host === "::";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}/`;
}

/** Resolves at the first SIGTERM or Ctrl-C; the second one kills the process as if nobody listened. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    function stop(): void {
      process.off("SIGTERM", stop).off("SIGINT", stop);
      resolve();
    }
    process.on("SIGTERM", stop).on("SIGINT", stop);
  });
}
