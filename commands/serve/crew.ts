import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../errors.ts";
import { startWorker, type WorkerProcess } from "./worker-process.ts";

/** The workers of a primary. Whatever happens to one of them is said on standard error. */
export interface Crew {
  /** Resolves when all accept. */
  readonly complete: Promise<void>;
  /** Rejects with a CommandError when none accepts, and none starts any more. Never resolves. */
  readonly failure: Promise<never>;
  /**
   * Replaces the workers by new ones, one by one; says so when it is done. Where a reload is under way another one follows
   * it; one that waits already is enough.
   */
  reload(): void;
  /** Shuts all of them down; resolves when they have ended. */
  stop(): Promise<void>;
}

/** A worker that ends within so many milliseconds is replaced after a wait. */
const SHORT_LIFE = 1_000;

/** The first wait, in milliseconds; each further one is twice as long. */
const FIRST_DELAY = 100;

/** What no wait exceeds, in milliseconds. */
const MAX_DELAY = 10_000;

/** How often a worker may fail to start while no other one accepts. */
const MAX_ATTEMPTS = 5;

/**
 * Starts as many workers, and replaces each that ends by itself.
 *
 * @param environment what they have in it besides this process's own
 */
export function crew(size: number, environment: NodeJS.ProcessEnv = {}): Crew {
  const all = new Set<WorkerProcess>();
  const accepting = new Set<WorkerProcess>();
  const retired = new WeakSet<WorkerProcess>();
  let stopping = false;
  let fail = (_error: unknown) => {};
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  const complete = begin();
  let reloading: Promise<void> = complete;
  let nextReload: Promise<void> | undefined;

  async function begin(): Promise<void> {
    // One goes ahead: what keeps it from starting is said once, and not by all of them.
    await employ(0);
    await Promise.all(Array.from({ length: size - 1 }, () => employ(0)));
  }

  /** Starts a worker until it accepts, and looks after it from then on. */
  async function employ(shortLives: number): Promise<void> {
    for (let attempt = 1; !stopping; attempt++) {
      const worker = launch();
      if (await worker.accepts) {
        void watch(worker, shortLives);
        return;
      }
      await whyNot(worker, attempt).catch(fail);
      await sleep(delay(attempt));
    }
  }

  function launch(): WorkerProcess {
    const worker = startWorker(environment);
    all.add(worker);
    void worker.accepts.then((accepts) => accepts && accepting.add(worker));
    void worker.ended.then(() => {
      all.delete(worker);
      accepting.delete(worker);
    });
    return worker;
  }

  async function watch(worker: WorkerProcess, shortLives: number): Promise<void> {
    const start = performance.now();
    const ending = await worker.ended;
    if (stopping || retired.has(worker)) return;
    console.error(`${worker.name} ended ${ending}: another one takes its place`);
    const lives = performance.now() - start < SHORT_LIFE ? shortLives + 1 : 0;
    if (lives > 0) await sleep(delay(lives));
    await employ(lives);
  }

  async function whyNot(worker: WorkerProcess, attempt: number): Promise<void> {
    const cause = `${worker.name} ended ${await worker.ended} before it accepted`;
    if (stopping) return;
    if (accepting.size > 0) console.error(cause);
    else if (attempt >= MAX_ATTEMPTS) throw new CommandError(`No worker starts: ${cause}`);
  }

  async function replaceAll(): Promise<void> {
    for (const old of [...accepting]) {
      if (stopping) return;
      if (!accepting.has(old)) continue;
      const successor = launch();
      if (!(await successor.accepts)) {
        await whyNot(successor, 1);
        console.error("Nothing more is reloaded: the other workers go on");
        return;
      }
      await replace(old, successor);
    }
    if (!stopping) console.log(`Reloaded: ${size} workers are new`);
  }

  async function replace(old: WorkerProcess, successor: WorkerProcess): Promise<void> {
    // One that has ended meanwhile has been replaced for that: then there is one too many.
    const leaving = accepting.has(old) ? old : successor;
    retired.add(leaving);
    if (leaving === old) void watch(successor, 0);
    await leaving.stop();
  }

  return {
    complete,
    failure,
    reload() {
      nextReload ??= reloading.then(() => {
        nextReload = undefined;
        return replaceAll();
      });
      reloading = nextReload;
    },
    async stop() {
      stopping = true;
      await Promise.all(Array.from(all, (worker) => worker.stop()));
    },
  };
}

function delay(failures: number): number {
  return Math.min(FIRST_DELAY * 2 ** (failures - 1), MAX_DELAY);
}
