import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { firstLocalPort } from "../../commands/port-limit.ts";
import { type RunningCli, start } from "../support/cli.ts";
import { until } from "../support/until.ts";

const APP = fileURLToPath(new URL("../../dist/app.js", import.meta.url));

const HOST = "127.0.0.1";

/** Below are the ports of services. */
const FIRST_PORT = 10_000;

/** The longest that one server lives, in milliseconds, should whoever started it die. */
const LIFE = 3_600_000;

/** What is killed again and again. */
export interface Victim {
  /** How often it was killed. */
  readonly kills: number;
  /** Its process. */
  readonly pid: number;
  /** Kills it, as a machine does that runs out of memory: it gets no turn to save anything. */
  kill(): Promise<void>;
  /** Resolves when it is there again; does nothing once it is over. */
  start(): Promise<void>;
  /** Kills it a last time: whoever would start it again does not. */
  end(): Promise<void>;
}

/** A server that is killed, and started again at the same port, with the same arguments. */
export class ServerVictim implements Victim {
  readonly #port: number;
  readonly #arguments: readonly string[];
  #running: RunningCli | undefined;
  #kills = 0;
  #isOver = false;

  private constructor(port: number, args: readonly string[]) {
    this.#port = port;
    this.#arguments = args;
  }

  /** @param args of `node dist/app.js`, beside where it listens */
  static async start(...args: string[]): Promise<ServerVictim> {
    const victim = new ServerVictim(await freePort(), args);
    await victim.start();
    return victim;
  }

  /** `ws://127.0.0.1:PORT` */
  get url(): string {
    return `ws://${HOST}:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get kills(): number {
    return this.#kills;
  }

  get pid(): number {
    return this.#running?.process.pid ?? 0;
  }

  async start(): Promise<void> {
    if (this.#isOver) return;
    const args = ["--host", HOST, "--port", String(this.#port), "--log", "off", ...this.#arguments];
    this.#running = start(process.execPath, [APP, ...args], { timeout: LIFE });
    await this.#running.said(/^Listening on /m);
  }

  async kill(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    running.process.kill("SIGKILL");
    const { code, stderr } = await running.outcome;
    if (code !== null) throw new Error(`The server has ended by itself, with ${code}: ${stderr}`);
    this.#kills += 1;
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.kill();
  }
}

/**
 * A port that is free, and that no client gets for its own end: while there is no server, one that connects to its own port
 * would find itself, and keep the server from it.
 */
export async function freePort(): Promise<number> {
  const span = Math.max(0, firstLocalPort() - FIRST_PORT);
  for (let tries = 0; span > 0 && tries < 100; tries++) {
    const port = await bind(FIRST_PORT + Math.floor(Math.random() * span));
    if (port !== undefined) return port;
  }
  return (await bind(0)) ?? 0;
}

/** Gives the port that was bound, and let go of again; undefined if it is in use. */
async function bind(port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    await until(server.listen(port, HOST), "listening");
    const address = server.address();
    return typeof address === "object" ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}
