import { spawn } from "node:child_process";
import { CommandError } from "../errors.ts";

/** After how many milliseconds a process that does not answer has failed: an answer may take as long as a measurement. */
export const TIMEOUT = 120_000;

/** A process that answers over IPC, to one question after the other. */
export interface Child {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** What it says next. */
  answer(): Promise<unknown>;
  /** What it says to this. */
  ask(question: object): Promise<unknown>;
  /** Kills it, and waits for its end. */
  end(): Promise<void>;
}

/**
 * Starts a process.
 *
 * @param name what it is called in errors
 * @param command its program and arguments
 */
export function startChild(name: string, [program = "", ...args]: readonly string[]): Child {
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = new Promise<string>((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });

  function answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new CommandError(`${name} failed: ${why}`));
      const timer = setTimeout(fail, TIMEOUT, `no answer within ${TIMEOUT / 1000} seconds`);
      child.once("message", (said) => {
        clearTimeout(timer);
        const error = errorOf(said);
        if (error === undefined) resolve(said);
        else fail(error);
      });
      void ended.then((why) => {
        clearTimeout(timer);
        fail(why);
      });
    });
  }

  return {
    pid: child.pid,
    answer,
    ask(question) {
      const answered = answer();
      child.send(question);
      return answered;
    },
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

function errorOf(said: unknown): string | undefined {
  if (typeof said !== "object" || said === null || !("error" in said)) return undefined;
  return String(said.error);
}

/** A number of a child's answer, by its name. */
export function numberIn(answer: unknown, name: string): number {
  const value = valueIn(answer, name);
  if (typeof value !== "number") throw new TypeError(`An answer has no number "${name}"`);
  return value;
}

/** A list of numbers of a child's answer, by its name. */
export function numbersIn(answer: unknown, name: string): number[] {
  const value = valueIn(answer, name);
  if (!isNumbers(value)) throw new TypeError(`An answer has no numbers "${name}"`);
  return value;
}

function valueIn(answer: unknown, name: string): unknown {
  return typeof answer === "object" && answer !== null ? Reflect.get(answer, name) : undefined;
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}
