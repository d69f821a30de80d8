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
