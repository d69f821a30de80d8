import { readFileSync } from "node:fs";
import { CommandError } from "./errors.ts";

const RANGE_FILE = "/proc/sys/net/ipv4/ip_local_port_range";

/** Where ports begin that nobody registers (RFC 6335 §6). */
const DYNAMIC_PORTS = 49_152;

/** The command that makes more local ports. */
export const WIDEN_PORTS = `sysctl -w net.ipv4.ip_local_port_range='1024 65535'`;

/** How many that makes. */
export const MOST_PORTS = 65_535 - 1024 + 1;

/**
 * How many connections one source address can have to one server: each takes a local port. Infinity where the system does
 * not say.
 */
export function localPortLimit(): number {
  const [first, last] = localPortRange();
  return last === undefined ? Number.POSITIVE_INFINITY : last - first + 1;
}

/** The first of the local ports. */
export function firstLocalPort(): number {
  return localPortRange()[0];
}

function localPortRange(): [first: number, last?: number] {
  const [first, last] = readRange().trim().split(/\s+/).map(Number);
  return first !== undefined && last !== undefined ? [first, last] : [DYNAMIC_PORTS];
}

/**
 * Checks that there are local ports for as many connections to one server as are asked for.
 *
 * @param count connections to open
 * @param what what they are called in the error: `clients`, `workers`
 * @param limit default: {@link localPortLimit}
 * @throws CommandError that says how many there are, and the command that makes more
 */
export function checkPortLimit(count: number, what: string, limit = localPortLimit()): void {
  if (count <= limit) return;
  throw new CommandError(
    `${count} ${what} need ${count} local ports, but this machine uses ${limit} (net.ipv4.ip_local_port_range): ` +
      `run "${WIDEN_PORTS}" first, or start fewer`,
  );
}

function readRange(): string {
  try {
    return readFileSync(RANGE_FILE, "utf8");
  } catch {
    return "";
  }
}
