import { type Outcome, startCli } from "./cli.ts";

/** Who talks to the servers meanwhile. */
export interface Load {
  /** The server: `ws://localhost:PORT` */
  readonly wsUrl: string;
  readonly clients: number;
  /** Seconds that each client waits before each of its words. */
  readonly delay: number;
  /** How often a client may be closed with 1001, and begin anew. */
  readonly restarts: number;
  /** Milliseconds after which it is killed. Default: as any command. */
  readonly timeout?: number;
}

/** In how many lines `testecho` tells of its clients' way up. */
const LINES = 20;

/** Does something to servers as soon as half of the clients of `testecho` are connected; gives what came of the clients. */
export async function underTestecho(
  { wsUrl, clients, delay, restarts, timeout }: Load,
  restart: () => Promise<unknown>,
): Promise<Outcome> {
  const args = { clients, delay, restarts, url: `${wsUrl}/test/ws/` };
  const options = Object.entries(args).map(([name, value]) => `--${name}=${value}`);
  const testecho = startCli(["testecho", ...options], timeout === undefined ? {} : { timeout });
  const interval = Math.ceil(clients / LINES);
  const half = interval * Math.ceil(clients / interval / 2);
  await testecho.said(new RegExp(`^> +${half} connections$`, "m"));
  await restart();
  return testecho.outcome;
}
