import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { findProgram } from "./find-program.ts";
import { dial } from "./raw-socket.ts";
import { TIMEOUT } from "./timeouts.ts";
import { until } from "./until.ts";

/** What to do where the tests find no Redis. */
export const REDIS_HINT =
  "Tests with Redis need it: install it with your system's packages (redis-server or valkey)";

/** A Redis of one test's, which can be killed and started again: at the same port, with what it had kept. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Its process. */
  readonly pid: number;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** The Redis, or Valkey, of this machine; undefined if there is none. */
export function findRedis(): string | undefined {
  return findProgram("redis-server", "valkey-server");
}

/**
 * Starts a Redis.
 *
 * @param directory where it keeps what it keeps: all, and at once, unless the arguments say otherwise
 */
export async function startRedisServer(
  program: string,
  directory: string,
  args: readonly string[] = [],
): Promise<RedisServer> {
  const port = argument(args, "--port") ?? (await freePort());
  const kept = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const all = ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", directory, ...kept, ...args];
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    child = spawn(program, all, { stdio: ["ignore", "pipe", "inherit"] });
    await accepting(child, argument(args, "--tls-port") ?? port);
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = until(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }

  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return child?.pid ?? 0;
    },
    kill,
    start,
  };
}

function argument(args: readonly string[], name: string): number | undefined {
  return args.includes(name) ? Number(args[args.indexOf(name) + 1]) : undefined;
}

/** A port that nobody uses. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await until(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address ? address.port : 0;
}

/** Waits until it has read what it had kept, and accepts. */
async function accepting(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + TIMEOUT;
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  while (!said.includes("Ready to accept connections")) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`No Redis starts: ${said}`);
    await nextTurn();
  }
  (await dial({ port, host: "127.0.0.1" })).socket.destroy();
}
