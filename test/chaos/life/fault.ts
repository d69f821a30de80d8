/** How many servers a game is played on. */
export const SERVERS = 2;

/** How many processes its workers are in. */
export const PROCESSES = 2;

/** What can fail: a server, a process of the client, Redis, or what connects the servers with either of those. */
export type VictimKind = "server" | "client" | "redis" | "link";

/**
 * How it fails: killed with SIGKILL and started again, stopped with SIGSTOP for a while; connections that are cut, or that pass nothing on
 * any more without being cut.
 */
export type Action = "kill" | "stop" | "cut" | "stall";

/** A kind of fault. */
export interface Kind {
  readonly action: Action;
  readonly victim: VictimKind;
}

/** One fault. */
export interface Fault extends Kind {
  /** Which of those there are, from 0. */
  readonly index: number;
  /** For how many milliseconds, beside what a start takes; it is up to the client when it starts another process. */
  readonly lasts: number;
}

/** All kinds of faults. */
export const KINDS: readonly Kind[] = [
  { action: "kill", victim: "server" },
  { action: "kill", victim: "client" },
  { action: "kill", victim: "redis" },
  { action: "stop", victim: "server" },
  { action: "stop", victim: "client" },
  { action: "stop", victim: "redis" },
  { action: "cut", victim: "link" },
  { action: "stall", victim: "link" },
];

/** How many there are of what can fail. A server has two links: one with its workers, one with Redis. */
export function sizeOf(victim: VictimKind): number {
  return { server: SERVERS, client: PROCESSES, redis: 1, link: 2 * SERVERS }[victim];
}

/** Names a kind of fault. */
export function nameOf({ action, victim }: Kind): string {
  return `${action} ${victim}`;
}

/** Names what a fault strikes. */
export function victimOf({ victim, index }: Fault): string {
  return `${victim} ${index}`;
}

/** Whether a fault ends a process that knows something of cells. */
export function isKillOfState({ action, victim }: Fault): boolean {
  return action === "kill" && victim !== "redis";
}
