import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { CommandError } from "../errors.ts";
import { TIMEOUT } from "./child.ts";

/** A process that says one thing of interest on its standard output. */
export interface Program {
  readonly pid: number | undefined;
  /** What it said. Rejects with a CommandError if it ends before, or takes too long. */
  readonly answer: Promise<string>;
  /** Kills it, and waits for its end. */
  end(): Promise<void>;
}

/**
 * Starts a program. It ends with this process at the latest.
 *
 * @param name what it is called in errors
 * @param command its program and arguments
 * @param pattern matches the line of interest, with a group for what is said there; all other lines are dropped
 */
export function startProgram(
  name: string,
  [program = "", ...args]: readonly string[],
  pattern: RegExp,
): Program {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<string>((resolve) => {
    child.on("error", ({ message }) => resolve(message));
    child.once("close", (code, signal) => resolve(`it ended with ${signal ?? code}`));
  });
  const answer = new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new CommandError(`${name} failed: ${why}`));
    const timer = setTimeout(fail, TIMEOUT, `no answer within ${TIMEOUT / 1000} seconds`);
    void ended.then(fail).finally(() => clearTimeout(timer));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = pattern.exec(line)?.[1];
      if (said === undefined) return;
      clearTimeout(timer);
      resolve(said);
    });
  });
  // Who ends it may not have waited for what it says.
  answer.catch(() => {});

  return {
    pid: child.pid,
    answer,
    async end() {
      kill();
      await ended;
      process.off("exit", kill);
    },
  };
}
