import { InvalidArgumentError } from "commander";

/** Reads an option that is an integer from `min` to `max`; the error of any other names the option and the range. */
export function integer(min: number, max: number): (text: string) => number {
  return function integer(text) {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be an integer from ${min} to ${max}.`);
  };
}

/** Reads an option that is a number from `min` to `max`, fractions allowed. */
export function number(min: number, max: number): (text: string) => number {
  return function number(text) {
    const value = /^(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a number from ${min} to ${max}.`);
  };
}

/** Reads an option that is the URL of a WebSocket server. */
export function webSocketUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^wss?:$/.test(url.protocol) && url.hash === "") return text;
  throw new InvalidArgumentError("It must be a URL that starts with ws:// or wss://.");
}

/**
 * Reads an option that is a list of names, with commas between them. Each counts once, in the order of all.
 *
 * @param what what one of them is called in the error
 */
export function named<T extends { readonly name: string }>(
  all: readonly T[],
  what: string,
): (text: string) => T[] {
  return function named(text) {
    const wanted = text.split(",").map((name) => name.trim());
    const unknown = wanted.find((name) => !all.some((one) => one.name === name));
    if (unknown === undefined) return all.filter(({ name }) => wanted.includes(name));
    throw new InvalidArgumentError(
      `There is no ${unknown || `${what} without a name`}: choose among ${all.map(({ name }) => name).join(", ")}.`,
    );
  };
}
