import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { TIMEOUT } from "../support/timeouts.ts";
import type { Ending } from "./app.ts";
import { type Census, type Load, leftBehind } from "./census.ts";
import type { Wish } from "./server.ts";

const SERVER = fileURLToPath(new URL("server.ts", import.meta.url));

/** How long one input may take, in milliseconds, before it counts as a hang. */
export const BOUND = TIMEOUT / 8;

/** The server under fuzz, as seen from outside. */
export class Target {
  #child: ChildProcess;
  readonly #answers = new Map<number, (value: unknown) => void>();
  #port = 0;
  #lastId = 0;
  #stderr = "";

  private constructor() {
    this.#child = this.#fork();
  }

  #fork(): ChildProcess {
    const stdio = ["ignore", "inherit", "pipe", "ipc"] as const;
    const child = fork(SERVER, { execArgv: ["--import", "tsx/esm"], stdio: [...stdio] });
    this.#stderr = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#stderr += text;
    });
    child.on("message", (message) => {
      const { id, value } = Object(message);
      this.#answers.get(id)?.(value);
      this.#answers.delete(id);
    });
    return child;
  }

  /** Starts the server, in a process of its own. */
  static async start(): Promise<Target> {
    const target = new Target();
    await target.#listening();
    return target;
  }

  get port(): number {
    return this.#port;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Starts anew: what one input has left in the server is not put down to the next. */
  async restart(): Promise<void> {
    this.#child.kill("SIGKILL");
    this.#child = this.#fork();
    await this.#listening();
  }

  /** Has the server end the connection of `/held/KEY`. */
  end(key: string, how: Ending): void {
    this.#wish({ end: key, how });
  }

  /** Counts what the process holds. */
  async census(): Promise<Census> {
    return (await this.#ask("census")) as Census;
  }

  /** Waits until the server has forgotten every connection; rejects if it does not, or has died, or complains. */
  async calm(): Promise<void> {
    const deadline = performance.now() + BOUND;
    for (;;) {
      const load = (await this.#ask("load")) as Load;
      this.#check();
      if (Object.values(load).every((count) => count === 0)) return;
      if (performance.now() > deadline) throw new Error(`The server still has ${JSON.stringify(load)}`);
    }
  }

  /** Waits until nothing is left of the inputs that came since `before`; rejects if something is. */
  async settled(before: Census, inputs: number): Promise<Census> {
    const deadline = performance.now() + BOUND;
    for (;;) {
      const after = await this.census();
      this.#check();
      const left = leftBehind(before, after, inputs);
      if (left.length === 0) return after;
      if (performance.now() > deadline) throw new Error(`The server was left with ${left.join("; ")}`);
    }
  }

  async stop(): Promise<void> {
    if (!this.isAlive) return;
    const exit = once(this.#child, "exit");
    this.#child.disconnect();
    await exit;
    this.#check();
  }

  async #listening(): Promise<void> {
    const address = await this.#answer(0);
    this.#port = Object(address).port;
  }

  #check(): void {
    if (this.#stderr !== "") throw new Error(`The server complains:\n${this.#stderr}`);
  }

  #ask(ask: "load" | "census"): Promise<unknown> {
    this.#lastId += 1;
    const answer = this.#answer(this.#lastId);
    this.#wish({ id: this.#lastId, ask });
    return answer;
  }

  #wish(wish: Wish): void {
    if (this.#child.connected) this.#child.send(wish, () => {});
  }

  /** What comes under that number; rejects if the process ends first, or says nothing. */
  async #answer(id: number): Promise<unknown> {
    const over = new AbortController();
    try {
      return await Promise.race([
        new Promise((resolve) => this.#answers.set(id, resolve)),
        this.#death(over.signal),
      ]);
    } finally {
      over.abort();
    }
  }

  async #death(signal: AbortSignal): Promise<never> {
    const bound = AbortSignal.any([signal, AbortSignal.timeout(BOUND * 2)]);
    if (this.isAlive) await once(this.#child, "close", { signal: bound });
    const { exitCode, signalCode } = this.#child;
    throw new Error(`The server has died (${exitCode ?? signalCode}):\n${this.#stderr}`);
  }
}
