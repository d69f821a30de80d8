import { connect as connectTcp, isIPv6, type LookupFunction } from "node:net";
import { CommandError, errorMessage, systemErrorCode } from "./errors.ts";

/** After how many milliseconds a host that does not answer at all counts as without a server. */
const CONNECT_TIMEOUT = 10_000;

/**
 * Checks that a server listens at the URL, and pins the address that it was found at.
 *
 * @returns what `connect()` takes as `lookup`: it gives that address, whatever the name
 * @throws CommandError if nobody listens there
 */
export async function findServer(url: string): Promise<LookupFunction> {
  return pinnedLookup(await findAddress(url));
}

/**
 * Checks that a server listens at the URL, and finds out at which of its host's addresses.
 *
 * `localhost` is `127.0.0.1` and `::1`. Trying both anew for each of ten thousand connections costs time, and under load
 * fails where either alone would not (the 250 ms of RFC 8305 §5 run out).
 *
 * @param host where to look. Default: the URL's host
 * @throws CommandError if nobody listens there
 */
export async function findAddress(url: string, host = new URL(url).hostname): Promise<string> {
  try {
    return await reachableAddress(new URL(url), host);
  } catch (error) {
    const cause = systemErrorCode(error) === "ECONNREFUSED" ? "" : ` (${errorMessage(error)})`;
    throw new CommandError(`No server at ${url}${cause}: start one with "npm start"`);
  }
}

/**
 * Gives that address, whatever the name: a tick later, since a socket that fails at once does so before its request listens
 * for errors.
 */
export function pinnedLookup(address: string): LookupFunction {
  const family = isIPv6(address) ? 6 : 4;
  return function lookup(_hostname, options, callback) {
    if (options.all) process.nextTick(callback, null, [{ address, family }]);
    else process.nextTick(callback, null, address, family);
  };
}

function reachableAddress({ protocol, port }: URL, host: string): Promise<string> {
  const socket = connectTcp({
    host: host.replace(/^\[|\]$/g, ""),
    port: Number(port) || (protocol === "wss:" ? 443 : 80),
  });
  socket.setTimeout(CONNECT_TIMEOUT, () => socket.destroy(new Error("it does not answer")));
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("connect", () => {
      resolve(socket.remoteAddress ?? host);
      socket.destroy();
    });
  });
}
