import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
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
  readonly server: Server;
  close(): Promise<void>;
}

/** Starts the real app. */
export function startServer(options: AppOptions = {}, port = 0): Promise<TestServer> {
  const server = createServer();
  return start(server.on("request", createApp({ server, ...options })), port);
}

/** Starts any app, hooked. */
export function listen(app: RequestListener, port = 0, options: HookOptions = {}): Promise<TestServer> {
  return start(createServer(app), port, options);
}

async function start(server: Server, port: number, options: HookOptions = {}): Promise<TestServer> {
  hookUpgrades(server, options);
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
