import type { ChatDialect } from "./dialect.ts";
import { Member } from "./member.ts";

/** The members of one room. */
export interface Crowd {
  /** Lets so many come; gives what that took, in seconds. */
  fill(members: number): Promise<number>;
  /**
   * Lets members say something, each round as soon as all have heard all of the one before. The speakers take turns: no server
   * lets one of them say so much.
   *
   * @param atOnce how many speak in a round
   * @returns what each round took from the first send until the last member had heard the last message, in milliseconds
   */
  speak(rounds: number, atOnce: number): Promise<number[]>;
}

/** How many come at once. */
const COMING_AT_ONCE = 256;

/** What is said: 32 characters. */
const TEXT = "x".repeat(32);

/** What goes on at the moment. */
interface Work {
  onIn?(): void;
  /** All have heard all that was said. */
  onHeard?(): void;
  fail(error: Error): void;
}

/**
 * Makes a crowd of nobody yet. Whatever a member tells that is not to be expected fails what goes on: also a message that is not
 * the one that the others heard there, byte for byte.
 */
export function createCrowd(port: number, dialect: ChatDialect): Crowd {
  const members: Member[] = [];
  /** What was said since a round began, in the order in which the first one heard it. */
  let said: Buffer[] = [];
  /** How often something has still to be heard in this round. */
  let missing = 0;
  let spoken = 0;
  let work: Work | undefined;
  let failure: Error | undefined;

  function fail(reason: string): void {
    failure ??= new Error(`A member failed: ${reason}`);
    work?.fail(failure);
  }

  const events = {
    onIn: () => work?.onIn?.(),
    onEnd: fail,
    onMessage(member: Member, bytes: Buffer, start: number, end: number) {
      const first = said[member.heard];
      if (first === undefined) said.push(Buffer.from(bytes.subarray(start, end)));
      else if (first.compare(bytes, start, end) !== 0) fail("it did not hear what the others heard");
      member.heard += 1;
      missing -= 1;
      if (missing === 0) work?.onHeard?.();
    },
  };

  function during<T>(begin: (end: (value: T) => void) => Omit<Work, "fail">): Promise<T> {
    if (failure) return Promise.reject(failure);
    return new Promise<T>((resolve, reject) => {
      work = { ...begin(resolve), fail: reject };
    }).finally(() => {
      work = undefined;
    });
  }

  /** Gives what it took, in milliseconds. */
  function speakOnce(atOnce: number): Promise<number> {
    said = [];
    for (const member of members) member.heard = 0;
    missing = atOnce * members.length;
    return during((end) => {
      const start = performance.now();
      for (let i = 0; i < atOnce; i++) {
        members[spoken % members.length]?.say(`${spoken}`, TEXT);
        spoken += 1;
      }
      return { onHeard: () => end(performance.now() - start) };
    });
  }

  return {
    fill: (count) =>
      during((end) => {
        const start = performance.now();
        let inside = 0;
        const letIn = () => members.push(new Member(port, `m${members.length}`, dialect, events));
        for (let i = 0; i < Math.min(count, COMING_AT_ONCE); i++) letIn();
        return {
          onIn() {
            inside += 1;
            if (members.length < count) letIn();
            if (inside === count) end((performance.now() - start) / 1000);
          },
        };
      }),

    async speak(rounds, atOnce) {
      const times: number[] = [];
      while (times.length < rounds) times.push(await speakOnce(atOnce));
      return times;
    },
  };
}
