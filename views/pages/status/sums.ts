import { type Sample, sumOf } from "../../../handlers/status/protocol.ts";
import type { Histories } from "./histories.ts";
import type { ProcessHistory } from "./process-history.ts";

/**
 * Returns a function that adds up some of the processes, second by second. A second that one of them has not told of, though it
 * was running, has no sum: it would look as if connections had been lost.
 */
export function createSums(histories: Histories): (chosen: readonly ProcessHistory[]) => Sample[] {
  const sum = createSum();

  return function sums(chosen) {
    const times = [...new Set(chosen.flatMap(({ times }) => [...times]))].sort((a, b) => a - b);
    return times.map(sumAt).filter((sample) => sample !== undefined);

    function sumAt(time: number): Sample | undefined {
      const running = chosen.filter((one) => isRunning(one, time));
      const samples = running.map((one) => one.at(time)).filter((sample) => sample !== undefined);
      return samples.length === running.length ? sum(samples) : undefined;
    }
  };

  function isRunning(one: ProcessHistory, time: number): boolean {
    return one.first <= time && (time <= one.last || histories.isAlive(one));
  }
}

/** Of ten minutes all seconds but one were added up a second ago. */
function createSum(): (samples: readonly Sample[]) => Sample | undefined {
  const known = new WeakMap<
    Sample,
    { readonly samples: readonly Sample[]; readonly sum: Sample | undefined }
  >();

  return function sum(samples) {
    const [first] = samples;
    if (!first) return undefined;
    const last = known.get(first);
    if (last?.samples.length === samples.length && last.samples.every((one, i) => one === samples[i]))
      return last.sum;
    const sum = sumOf(samples);
    known.set(first, { samples, sum });
    return sum;
  };
}
