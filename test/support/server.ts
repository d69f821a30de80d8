import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { type AppOptions, createApp } from "../../app.ts";
import { type HookOptions, hookUpgrades, shutdown } from "../../middleware/index.ts";

/** A server for one test, on a port of its own. */
export interface TestServer {
  /** `http://localhost:PORT` */
  readonly url: string;
  /** `ws://localhost:PORT` */
  readonly wsUrl: string;
  readonly port: number;
  readonly server: ReturnType<typeof createServer>;
  close(): Promise<void>;
}

/** Starts the real app. */
export function startServer(options: AppOptions = {}, port = 0): Promise<TestServer> {
  return listen(createApp(options), port);
}

/** Starts any app, hooked. */
export async function listen(app: RequestListener, port = 0, options: HookOptions = {}): Promise<TestServer> {
  const server = hookUpgrades(createServer(app), options);
  server.listen(port);
  await once(server, "listening");
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${bound}`,
    wsUrl: `ws://localhost:${bound}`,
    port: bound,
    server,
    close: () => shutdown(server, { timeout: 1000 }),
  };
}
