import { fileURLToPath } from "node:url";
import { type RunningCli, start } from "../../support/cli.ts";
import { freePort } from "./free-port.ts";
import type { Victim } from "./victim.ts";

const APP = fileURLToPath(new URL("../../../dist/app.js", import.meta.url));

const HOST = "127.0.0.1";

/** The longest that one server lives, in milliseconds, should whoever started it die. */
const LIFE = 3_600_000;

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

  get pid(): number | undefined {
    return this.#running?.process.pid;
  }

  get kills(): number {
    return this.#kills;
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
