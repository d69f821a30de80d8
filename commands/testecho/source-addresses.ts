import { isIPv4 } from "node:net";
import { CommandError } from "../errors.ts";
import { MOST_PORTS, WIDEN_PORTS } from "../port-limit.ts";

/**
 * The addresses of this machine that the clients connect from: 127.0.0.2 and those that follow it, which others seldom use.
 *
 * Linux finds a free port at once while half of its range is free; beyond that the search takes longer and longer.
 *
 * @param clients how many connect
 * @param server the address they connect to
 * @param ports how many local ports an address has
 * @returns the addresses; none if the network may decide as it does for any client
 * @throws CommandError, which says what is needed, if they need more than one and the server is not on loopback
 */
export function sourceAddresses(clients: number, server: string, ports: number): string[] {
  if (fitOneAddress(clients, ports)) return [];
  if (isLoopback(server)) {
    const count = Math.ceil(clients / fastPorts(ports));
    return Array.from({ length: count }, (_, index) => loopbackAddress(index + 2));
  }
  if (clients <= ports) return [];
  const remedy = clients <= MOST_PORTS ? `run "${WIDEN_PORTS}" first` : "start the rest on other machines";
  throw new CommandError(
    `${clients} clients need ${clients} local ports, but the address that this machine connects to ${server} from has ` +
      `${ports} (net.ipv4.ip_local_port_range): ${remedy}. Only to a server at 127.0.0.1 they connect from several addresses`,
  );
}

/** Whether so many clients may connect from one address, as the network decides. */
export function fitOneAddress(clients: number, ports: number): boolean {
  return clients <= fastPorts(ports);
}

function fastPorts(ports: number): number {
  return Math.ceil(ports / 2);
}

/** 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3). Of IPv6 only ::1 is: it has no neighbours to connect from. */
function isLoopback(address: string): boolean {
  return isIPv4(address) && address.startsWith("127.");
}

function loopbackAddress(index: number): string {
  return `127.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}
