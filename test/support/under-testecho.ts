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

/** Does something to servers as soon as all clients of `testecho` are connected; gives what came of the clients. */
export async function underTestecho(
  { wsUrl, clients, delay, restarts, timeout }: Load,
  restart: () => Promise<unknown>,
): Promise<Outcome> {
  const args = { clients, delay, restarts, url: `${wsUrl}/test/ws/` };
  const options = Object.entries(args).map(([name, value]) => `--${name}=${value}`);
  const testecho = startCli(["testecho", ...options], timeout === undefined ? {} : { timeout });
  await testecho.said(/^\d+ clients are connected!$/m);
  await restart();
  return testecho.outcome;
}
