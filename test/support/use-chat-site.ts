import type { Log } from "../../handlers/chat/log/log.ts";
import { type SqliteLogOptions, sqliteLog } from "../../handlers/chat/log/sqlite-log.ts";
import { openServices } from "../../handlers/services.ts";
import { startServer, type TestServer } from "./server.ts";
import { useDirectory } from "./use-directory.ts";

/** The real app with a chat, whose server can be stopped and started again: at the same port, with the same log. */
export interface ChatSite {
  readonly url: string;
  readonly wsUrl: string;
  readonly log: Log;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Gives each of a suite's tests the app with a chat in which nothing was said.
 *
 * @param options - of the log. Default: as they are
 */
export function useChatSite(options: Omit<SqliteLogOptions, "directory"> = {}): () => ChatSite {
  let running: { readonly server: TestServer; readonly log: Log } | undefined;

  function current() {
    if (!running) throw new Error("The server does not run");
    return running;
  }

  async function start(port = 0): Promise<number> {
    const log = sqliteLog({ directory: directory(), ...options });
    const services = { ...openServices({ data: directory() }, console.error), log };
    running = { log, server: await startServer({ services }, port) };
    return running.server.port;
  }

  async function stop(): Promise<void> {
    const { server, log } = current();
    running = undefined;
    await server.close();
    await log.close();
  }

  let port = 0;

  afterEach(() => running && stop());

  // Behind that: a directory is not removed while a log is open in it.
  const directory = useDirectory();

  beforeEach(async () => {
    port = await start();
  });

  return function site() {
    return {
      url: `http://localhost:${port}`,
      wsUrl: `ws://localhost:${port}`,
      get log() {
        return current().log;
      },
      stop,
      start: async () => {
        await start(port);
      },
    };
  };
}
