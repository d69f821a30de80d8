import { createServer } from "node:net";
import { CommandError } from "../../errors.ts";
import { packageFile } from "../../package-root.ts";
import type { Pinning } from "../pinning.ts";
import { type Program, startProgram } from "../program.ts";

/** Servers of one game. */
export interface Serving {
  /** The process whose memory is looked at; undefined where there are many. */
  readonly pid: number | undefined;
  /** Their base URLs. Rejects with a CommandError if one does not start. */
  readonly urls: Promise<readonly string[]>;
  /** Ends them. */
  end(): Promise<void>;
}

const HOST = "127.0.0.1";

const LISTENING = /^Listening on .*?(\d+)\/?(?: with \d+ workers)?$/;

const REDIS_READY = /(Ready to accept connections)/;

/** Starts a server that says at which port it listens. */
export function startServer(name: string, command: readonly string[]): Program {
  return startProgram(name, command, LISTENING);
}

/** One process. */
export function serveAlone(pins: Pinning): Serving {
  return serving(startOurs(pins));
}

/** Two processes, with one primary. */
export function serveWithWorkers(pins: Pinning): Serving {
  return { ...serving(startOurs(pins, "--workers", "2")), pid: undefined };
}

/** Two servers, and a Redis that keeps nothing: the game needs no more. */
export function serveWithRedis(pins: Pinning): Serving {
  const started: Program[] = [];
  return {
    pid: undefined,
    urls: startWithRedis(pins, started),
    async end() {
      for (const program of started.reverse()) await program.end();
    },
  };
}

/** What a server that runs alone is to those who play on it. */
export function serving({ pid, answer, end }: Program): Serving {
  return { pid, urls: answer.then((port) => [urlOf(port)]), end };
}

async function startWithRedis(pins: Pinning, started: Program[]): Promise<readonly string[]> {
  const port = String(await freePort());
  const redis = ["redis-server", "--port", port, "--bind", HOST, "--save", "", "--appendonly", "no"];
  started.push(startProgram("Redis", redis, REDIS_READY));
  await started[0]?.answer;
  const servers = [1, 2].map(() => startOurs(pins, "--redis", `redis://${HOST}:${port}`));
  started.push(...servers);
  return Promise.all(servers.map(async ({ answer }) => urlOf(await answer)));
}

function startOurs({ server }: Pinning, ...args: string[]): Program {
  const options = ["--port", "0", "--host", HOST, "--log", "off", ...args];
  return startServer("The server", [...server, process.execPath, packageFile("dist/app.js"), ...options]);
}

function urlOf(port: string): string {
  return `ws://${HOST}:${port}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, HOST, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new CommandError("There is no free port"));
      });
    });
  });
}
