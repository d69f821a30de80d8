import { setTimeout as sleep } from "node:timers/promises";
import type { Keep } from "./census.ts";

/** A process that is asked. */
export interface Citizen<T> {
  /** Resolves with its answer, which may never come. */
  ask(): Promise<T | undefined>;
}

/** A process's place in the bureau. */
export interface Place<T> {
  /** Takes what it says without being asked. */
  note(answer: T): void;
  /** It has ended. */
  leave(): void;
}

/** What is known of one. */
interface File<T> {
  readonly citizen: Citizen<T>;
  /** What it answered last. */
  last?: T;
  /** Resolves, with nothing, when it has ended. */
  readonly ended: Promise<undefined>;
}

/** How long a process may take to answer, in milliseconds. */
const TIMEOUT = 1_000;

/** Asks processes in the primary that they have, and keeps what is to be kept of those that end. */
export class Bureau<T> {
  readonly #keep: Keep<T>;
  readonly #files = new Set<File<T>>();
  #past: Promise<T | undefined> = Promise.resolve(undefined);

  constructor(keep: Keep<T>) {
    this.#keep = keep;
  }

  /** Takes a process in. */
  add(citizen: Citizen<T>): Place<T> {
    let end = (_: undefined) => {};
    const ended = new Promise<undefined>((resolve) => {
      end = resolve;
    });
    const file: File<T> = { citizen, ended };
    this.#files.add(file);
    return {
      note(answer) {
        file.last = answer;
      },
      leave: () => {
        if (this.#files.delete(file)) this.#bury(file);
        end(undefined);
      },
    };
  }

  /** Each process counts once, with its answer or with what is kept of it, even where it ends meanwhile. */
  async ask(): Promise<T[]> {
    const past = this.#past;
    const answers = await Promise.all(Array.from(this.#files, (file) => this.#askOne(file)));
    return [await past, ...answers].filter((answer) => answer !== undefined);
  }

  async #askOne(file: File<T>): Promise<T | undefined> {
    const answered = new AbortController();
    const timeout = sleep(TIMEOUT, undefined, answered).catch(() => undefined);
    const answer = await Promise.race([file.citizen.ask(), file.ended, timeout]);
    answered.abort();
    if (answer !== undefined) file.last = answer;
    else if (file.last !== undefined) return this.#keepOf(undefined, file.last);
    return answer;
  }

  #bury({ last }: File<T>): void {
    if (last === undefined) return;
    this.#past = this.#past.then((past) => this.#keepOf(past, last));
  }

  /** An answer that nothing can be made of, as one of another version may be, is no reason to lose what others have answered. */
  async #keepOf(past: T | undefined, last: T): Promise<T | undefined> {
    try {
      return await this.#keep(past, last);
    } catch {
      return past;
    }
  }
}
