import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError } from "../errors.ts";
import { isReport, type Order, type Report } from "./process-messages.ts";
import type { Progress } from "./progress.ts";
import type { Share } from "./share.ts";

/** How long to wait before a process takes the place of one that has ended, in milliseconds. */
const DELAY = 1000;

/** After how many ends of a process in a row, without a step in between, the game breaks off. */
const MAX_ENDS = 5;

/** The same folder and kind of file as this one: source, or compiled. */
const ENTRY = fileURLToPath(new URL(`process${extname(import.meta.url)}`, import.meta.url));

/**
 * Plays each share of a game in a process of its own. Where one ends before the game does, another takes its place, and its cells: as many
 * as nobody else lives by then. When this process ends, however it does, the others do.
 *
 * @param progress is kept up to date meanwhile
 * @param tell told of a process that has ended early, in a line
 * @throws CommandError if the game breaks off
 */
export async function runProcesses(
  shares: readonly Share[],
  progress: Progress,
  tell: (line: string) => void,
): Promise<void> {
  const stepped = progress.timedElsewhere?.() ?? (() => {});
  // All play the same steps at the same time: that one of them times those is enough.
  const runners = shares.map(
    (share, index) => new Runner(share, add, tell, index === 0 ? stepped : () => {}),
  );
  try {
    await Promise.all(runners.map(({ through }) => through));
    checkSomeLeft(runners);
  } finally {
    for (const runner of runners) runner.end();
  }
  await Promise.all(runners.map(({ ended }) => ended));

  function add(): void {
    for (const name of ["connected", "subscribed", "updates"] as const)
      progress[name] = runners.reduce((sum, runner) => sum + runner.progress[name], 0);
  }
}

/** @throws CommandError if somebody else lives the cells of all */
function checkSomeLeft(runners: readonly Runner[]): void {
  const [refusal] = runners.map((runner) => runner.refusal);
  if (refusal !== undefined && runners.every((runner) => runner.refusal !== undefined))
    throw new CommandError(`The game broke off: ${refusal}`);
}

/** One share, and the process that plays it: one after the other, if need be. */
class Runner {
  /** Resolves when all of its cells have come to their last step, or somebody else lives them; rejects if the game breaks off. */
  readonly through: Promise<void>;
  /** Resolves when no process plays it any more. */
  readonly ended: Promise<void>;
  progress: Progress = { connected: 0, subscribed: 0, updates: 0 };
  /** What was said to the last cell, if somebody else lives all of them. */
  refusal: string | undefined;
  readonly #changed: () => void;
  readonly #tell: (line: string) => void;
  readonly #stepped: (milliseconds: number) => void;
  #share: Share;
  #child: ChildProcess;
  /** How often a process has ended since the share last came further. */
  #ends = 0;
  #isOver = false;
  #pass: () => void = () => {};
  #fail: (error: unknown) => void = () => {};
  #finish: () => void = () => {};

  constructor(
    share: Share,
    changed: () => void,
    tell: (line: string) => void,
    stepped: (milliseconds: number) => void,
  ) {
    this.#share = share;
    this.#changed = changed;
    this.#tell = tell;
    this.#stepped = stepped;
    this.through = new Promise((resolve, reject) => {
      this.#pass = resolve;
      this.#fail = reject;
    });
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.#child = this.#start();
  }

  /** Lets the process close its connections, and end. */
  end(): void {
    this.#isOver = true;
    this.#order({ type: "end" });
  }

  #start(): ChildProcess {
    // What a share holds is no JSON: typed arrays, and Infinity.
    const child = fork(ENTRY, { serialization: "advanced", stdio: ["ignore", "inherit", "inherit", "ipc"] });
    child.on("message", (message) => isReport(message) && this.#hear(message));
    child.once("close", (code, signal) => this.#replace(signal ?? `exit code ${code}`));
    child.on("error", (error) => this.#fail(error));
    return child;
  }

  #hear(report: Report): void {
    if (report.type === "ready") this.#order({ type: "play", share: this.#share });
    if (report.type === "through") this.#pass();
    if (report.type === "refused") this.#giveUp(report.cause);
    if (report.type === "failed") this.#fail(new CommandError(report.message));
    if (report.type !== "progress") return;
    if (report.progress.updates > this.progress.updates) this.#ends = 0;
    this.progress = report.progress;
    for (const milliseconds of report.stepTimes) this.#stepped(milliseconds);
    this.#changed();
  }

  #giveUp(cause: string): void {
    this.refusal = cause;
    this.#isOver = true;
    this.#lose();
    this.#tell(`A process gives its ${this.#share.cells} cells up: ${cause}`);
    this.#pass();
  }

  #replace(how: string): void {
    if (this.#isOver) {
      this.#finish();
      return;
    }
    this.#lose();
    this.#ends += 1;
    if (this.#ends < MAX_ENDS) this.#startAnother(how);
    else this.#fail(new CommandError(`A process of the game ends again and again (${how})`));
  }

  /** Its workers are gone. */
  #lose(): void {
    this.progress = { ...this.progress, connected: 0, subscribed: 0 };
    this.#changed();
  }

  #startAnother(how: string): void {
    this.#share = { ...this.#share, resume: true };
    setTimeout(() => {
      if (this.#isOver) {
        this.#finish();
        return;
      }
      // Not before: Ctrl-C ends all processes, in any order.
      this.#tell(`A process ended early (${how}): another takes its ${this.#share.cells} cells over`);
      this.#child = this.#start();
    }, DELAY);
  }

  #order(order: Order): void {
    // One that is gone tells so by its end.
    if (this.#child.connected) this.#child.send(order, () => {});
  }
}
