import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { TIMEOUT } from "./timeouts.ts";

/** What a command line came to. */
export interface Outcome {
  /** The exit code; null if a signal killed it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface RunningCli {
  readonly process: ChildProcess;
  /** How it ends. */
  readonly outcome: Promise<Outcome>;
  /** Writes to its standard input. Only where that is a pipe. */
  type(text: string): void;
  /** Ends its standard input. */
  endInput(): void;
  /** Waits until standard output matches. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits until standard error matches. */
  complained(pattern: RegExp): Promise<RegExpExecArray>;
}

/** How a program is started. */
export interface StartOptions {
  /** Variables that its environment has beside this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** Where it runs. Default: here. */
  readonly cwd?: string;
  /** Whether it leads a process group of its own, so that `process.kill(-pid)` reaches what it starts. Default: false. */
  readonly detached?: boolean;
  /** Milliseconds after which it is killed. */
  readonly timeout?: number;
  /** Whether its standard input is a pipe that a test writes to. Default: false, there is nothing to read. */
  readonly pipe?: boolean;
}

/** The compiled CLI. */
export const CLI = fileURLToPath(new URL("../../dist/commands/index.js", import.meta.url));

/** Runs a command of the compiled CLI to its end. */
export function runCli(args: readonly string[], options?: StartOptions): Promise<Outcome> {
  return startCli(args, options).outcome;
}

/** Starts a command of the compiled CLI. */
export function startCli(args: readonly string[], options?: StartOptions): RunningCli {
  return start(process.execPath, [CLI, ...args], options);
}

/** Starts any program; it is killed if it takes too long. */
export function start(
  program: string,
  args: readonly string[],
  { env = {}, timeout = TIMEOUT, pipe = false, ...where }: StartOptions = {},
): RunningCli {
  const child = spawn(program, args, {
    ...where,
    env: { ...withoutNpm(process.env), ...env },
    stdio: "pipe",
    timeout,
    killSignal: "SIGKILL",
  });
  // It may end before it has read all.
  child.stdin.on("error", () => {});
  if (!pipe) child.stdin.end();
  const output = { stdout: "", stderr: "" };
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  const outcome = once(child, "close").then(() => ({ code: child.exitCode, ...output }));
  async function untilIn(stream: "stdout" | "stderr", pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(output[stream]);
      if (match) return match;
      const news = await Promise.race([once(child[stream], "data"), outcome]);
      if (!Array.isArray(news)) throw new Error(`It ended without having said ${pattern}: ${output.stderr}`);
    }
  }
  return {
    process: child,
    outcome,
    type: (text) => child.stdin.write(text),
    endInput: () => child.stdin.end(),
    said: (pattern) => untilIn("stdout", pattern),
    complained: (pattern) => untilIn("stderr", pattern),
  };
}

/** Tests run below npm, whose variables would be taken for those of `npm run cmd`. */
function withoutNpm(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("npm_")));
}
