import { isIPv4, isIPv6 } from "node:net";

/** How IPv4 addresses look in IPv6 (RFC 4291 §2.5.5.2). */
const MAPPED = "::ffff:";

/** Groups of an IPv6 address that tell the network: 64 bits, of 16 each (RFC 4291 §2.5.4). */
const NETWORK_GROUPS = 4;
const ALL_GROUPS = 8;

/**
 * The addresses that one peer can be expected to have, as one name: an IPv4 address itself, the /64 network of an IPv6
 * address, since whoever has one address of it has all. What is no IP address stays as it is.
 */
export function addressBlock(address: string): string {
  const lower = address.toLowerCase();
  const mapped = lower.startsWith(MAPPED) ? lower.slice(MAPPED.length) : "";
  if (isIPv4(mapped)) return mapped;
  return isIPv6(lower) ? `${networkOf(lower)}::/64` : address;
}

/** The first groups of an address, with the zeros that `::` stands for and none that lead. */
function networkOf(address: string): string {
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  // An IPv4 address at the end takes the place of two groups, behind those that count.
  const after = tail ? tail.replace(/[^:]+\.[^:]+$/, "0:0").split(":") : [];
  const zeros = Array<string>(Math.max(0, ALL_GROUPS - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after]
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
