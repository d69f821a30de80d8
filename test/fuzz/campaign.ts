import type { Property } from "./property.ts";
import type { Target } from "./target.ts";

/** How one property is tried. */
export interface Campaign {
  readonly target: Target;
  readonly seed: number;
  readonly inputs: number;
  readonly path?: string | undefined;
  onTried?(count: number): void;
}

/** What came of it. */
export interface Outcome {
  readonly name: string;
  readonly tried: number;
  readonly seconds: number;
  /** How much the server's heap has grown, in bytes. */
  readonly growth: number;
  /** What did not hold, and how to try it again; undefined if all did. */
  readonly failure: string | undefined;
}

/** What has compiled, and what is kept for good, by so many inputs is not a leak of the next ones. */
const WARM_UP = 0.2;
const MAX_WARM_UP = 500;

/** Tries a property, then checks that the server is back where it was. */
export async function campaign(
  property: Property,
  { inputs, path, onTried, ...trial }: Campaign,
): Promise<Outcome> {
  const begin = performance.now();
  let tried = 0;
  let growth = 0;

  async function run(count: number): Promise<string | undefined> {
    try {
      return await property.run({
        ...trial,
        inputs: count,
        path,
        onTried(more) {
          tried += more;
          onTried?.(more);
        },
      });
    } catch (error) {
      return String(error);
    }
  }

  async function tryAll(): Promise<string | undefined> {
    const warm = await run(Math.min(Math.ceil(inputs * WARM_UP), MAX_WARM_UP));
    if (warm !== undefined || path !== undefined) return warm;
    try {
      const before = await trial.target.census();
      const failure = await run(inputs);
      if (failure !== undefined) return failure;
      growth = (await trial.target.settled(before, inputs)).heap - before.heap;
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  const failure = await tryAll();
  const seconds = (performance.now() - begin) / 1000;
  return { name: property.name, tried, seconds, growth, failure: failure && `${failure}\n${howToRepeat()}` };

  function howToRepeat(): string {
    const again = failure?.match(/path: "([^"]+)"/)?.[1];
    const where = again && property.hasPath ? ` --path ${again}` : "";
    return `Try it again: npm run fuzz -- --only "${property.name}" --seed ${trial.seed}${where}`;
  }
}
