import type { IncomingMessage } from "node:http";
import { checkNames, checkNumbers, withDefaults } from "./check-options.ts";
import { MAX_DELAY } from "./timer.ts";

/** Options of `hookUpgrades()`. Times are in milliseconds. */
export interface HookOptions {
  /**
   * Says which upgrade requests are ours, where the server has another owner of upgrades: a dev server's hot reload, a
   * second WebSocket library. The others are left to it, and so is one on which this throws, of which `console.error` is
   * told. Default: all are ours.
   */
  claim?: (req: IncomingMessage) => boolean;
  /** How many connections the server holds; a view answers one more with 503. Default: Infinity. */
  maxConnections?: number;
  /**
   * How many of them may come from one address; a view answers one more with 429. The address is Express's `req.ip`, which
   * honours `trust proxy`: without that, all who come through a proxy have one address. An IPv6 address counts with all of
   * its /64 network, a Unix socket not at all. Default: Infinity.
   */
  maxConnectionsPerAddress?: number;
  /**
   * How long the app's middleware and view may take to answer a request for a WebSocket, in milliseconds, before it is
   * answered with 503; 0: as long as they like. To the app that looks as if the peer had gone. Default: 10,000.
   */
  handshakeTimeout?: number;
}

/** {@link HookOptions} with every default filled in. */
export type HookSettings = Readonly<Required<HookOptions>>;

const DEFAULTS: HookSettings = {
  claim: () => true,
  maxConnections: Number.POSITIVE_INFINITY,
  maxConnectionsPerAddress: Number.POSITIVE_INFINITY,
  handshakeTimeout: 10_000,
};

const RANGES = {
  maxConnections: [1, Number.POSITIVE_INFINITY],
  maxConnectionsPerAddress: [1, Number.POSITIVE_INFINITY],
  handshakeTimeout: [0, MAX_DELAY],
} as const;

/**
 * Fills in the defaults.
 *
 * @throws TypeError if an option is unknown, of a wrong type or out of its range
 */
export function resolveHookOptions(options: HookOptions = {}): HookSettings {
  checkNames(options, DEFAULTS, "hookUpgrades()");
  const settings = withDefaults(options, DEFAULTS);
  checkNumbers(settings, RANGES);
  if (typeof settings.claim !== "function")
    throw new TypeError('hookUpgrades(): "claim" has to be a function');
  return settings;
}
