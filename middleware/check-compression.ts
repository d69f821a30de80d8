import { createDeflateRaw, createInflateRaw, type ZlibOptions } from "node:zlib";
import { checkNames, checkNumbers, withDefaults } from "./check-options.ts";
import type { CompressionOptions } from "./compression-options.ts";

/** What stands in for an option that is not given. */
const DEFAULTS: Required<CompressionOptions> = {
  threshold: 1024,
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
  zlibDeflateOptions: {},
  zlibInflateOptions: {},
  concurrencyLimit: 10,
};

const RANGES = {
  threshold: [0, Number.POSITIVE_INFINITY],
  serverMaxWindowBits: [9, 15],
  clientMaxWindowBits: [9, 15],
  concurrencyLimit: [1, Number.POSITIVE_INFINITY],
} as const;

/**
 * Makes sure that compression will work as it is asked for: what `node:zlib` refuses would otherwise show with the first message
 * of a connection, where nobody could catch it.
 *
 * @throws TypeError if it is neither true nor false, or an option of it is unknown, of a wrong type or out of its range
 */
export function checkCompression(compression: unknown): void {
  if (typeof compression === "boolean") return;
  if (typeof compression !== "object" || compression === null)
    throw new TypeError('"compression" has to be true, false or the options of permessage-deflate');
  checkNames(compression, DEFAULTS, "compression");
  const settings = withDefaults(compression, DEFAULTS);
  checkNumbers(settings, RANGES);
  checkZlib(settings, "zlibDeflateOptions", createDeflateRaw);
  checkZlib(settings, "zlibInflateOptions", createInflateRaw);
}

function checkZlib(
  settings: Required<CompressionOptions>,
  name: "zlibDeflateOptions" | "zlibInflateOptions",
  create: (options: ZlibOptions) => { close(): void },
): void {
  // To try is not for nothing, and `accept()` is given its options with each request.
  if (settings[name] === DEFAULTS[name]) return;
  try {
    create(settings[name]).close();
  } catch (cause) {
    throw new TypeError(`"${name}" is refused by node:zlib: ${String(cause)}`, { cause });
  }
}
