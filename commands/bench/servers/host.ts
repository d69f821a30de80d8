import type { Server } from "node:http";
import { answerParent, tellParent } from "../parent.ts";

/** What a process has used since it started. */
export interface Usage {
  /** Processor time of all its threads, in microseconds. */
  readonly cpu: number;
  /** Memory resident, in bytes. */
  readonly rss: number;
}

/** How many clients may wait to be accepted. */
export const BACKLOG = 4096;

/** Tells the parent process the port, and, as often as it asks, what this process has used. Ends with the parent. */
export function tell(port: number): void {
  answerParent(usage);
  tellParent({ port });
}

/** Serves on a free port of the loopback interface, and tells the parent process. */
export function serve(server: Server): void {
  server.listen({ port: 0, host: "127.0.0.1", backlog: BACKLOG }, () => tell(portOf(server)));
}

/** The port of a server that listens. */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("The server does not listen on a port");
  return address.port;
}

function usage(): Usage {
  const { user, system } = process.cpuUsage();
  return { cpu: user + system, rss: process.memoryUsage.rss() };
}
