import { inspect } from "node:util";
import fc from "fast-check";
import type { Target } from "./target.ts";
import { dial, type Wire } from "./wire.ts";

/** How a property is tried. */
export interface Trial {
  readonly target: Target;
  readonly seed: number;
  /** How many inputs at least. */
  readonly inputs: number;
  /** Where the counterexample lies that is to be tried again. */
  readonly path?: string | undefined;
  /** Told of each number of inputs that were tried. */
  onTried(count: number): void;
}

/** Something that is true for whatever is sent. */
export interface Property {
  readonly name: string;
  /** How many inputs a long run tries. */
  readonly inputs: number;
  /** Whether a path leads back to a counterexample: not where commands are drawn. */
  readonly hasPath: boolean;
  /** Tries it; resolves with the report of a failure. */
  run(trial: Trial): Promise<string | undefined>;
}

/** A counterexample may hold a header of 100 kB, of which nobody has to see each byte. */
const LONG_RUN = /(.)\1{99,}/g;

/** How many inputs share one run, on connections of their own that are open at the same time. */
const BATCH = 32;

/** A property of what is sent on one connection. `check` rejects if it does not hold. */
export function property<T>(
  name: string,
  inputs: number,
  input: fc.Arbitrary<T>,
  check: (input: T, wire: Wire, target: Target) => Promise<void>,
): Property {
  return {
    name,
    inputs,
    hasPath: true,
    run({ target, seed, inputs, path, onTried }) {
      const batch = fc.array(input, { minLength: 1, maxLength: BATCH, size: "max" });
      const holds = fc.asyncProperty(batch, async (batch) => {
        try {
          const results = await Promise.allSettled(batch.map((one) => checkOne(one, target)));
          onTried(batch.length);
          for (const [index, result] of results.entries()) {
            if (result.status === "rejected") throw new Error(`Input ${index}`, { cause: result.reason });
          }
          await target.calm();
        } catch (error) {
          await target.restart();
          throw error;
        }
      });
      return untilFailure({ seed, inputs, path, size: BATCH / 2 }, holds);
    },
  };

  async function checkOne(input: T, target: Target): Promise<void> {
    const wire = await dial(target.port);
    try {
      await check(input, wire, target);
    } finally {
      wire.socket.destroy();
    }
  }
}

/** A property that is cheap to check, and needs no server. */
export function pureProperty<T>(
  name: string,
  inputs: number,
  input: fc.Arbitrary<T>,
  check: (input: T) => void,
): Property {
  return {
    name,
    inputs,
    hasPath: true,
    run({ seed, inputs, path, onTried }) {
      const holds = fc.asyncProperty(input, async (one) => {
        check(one);
        onTried(1);
      });
      return untilFailure({ seed, inputs, path, size: 1 }, holds);
    },
  };
}

/** Runs a property as often as it takes to try so many inputs; gives the report of a failure. */
export async function untilFailure<T>(
  { seed, inputs, path, size }: { seed: number; inputs: number; path?: string | undefined; size: number },
  holds: fc.IAsyncProperty<T>,
): Promise<string | undefined> {
  const numRuns = Math.ceil(inputs / size);
  const details = await fc.check(holds, { seed, numRuns, ...(path === undefined ? {} : { path }) });
  if (!details.failed) return undefined;
  const { errorInstance } = details;
  return `${fc.defaultReportMessage(details)}\n${inspect(errorInstance)}`.replace(
    LONG_RUN,
    (run) => `${run[0]}{${run.length}}`,
  );
}
