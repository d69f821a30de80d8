import express from "express";
import type { Bus } from "../../handlers/bus/bus.ts";
import { memoryBus } from "../../handlers/bus/memory-bus.ts";
import type { Log } from "../../handlers/chat/log/log.ts";
import { type SqliteLogOptions, sqliteLog } from "../../handlers/chat/log/sqlite-log.ts";
import { Rooms } from "../../handlers/chat/rooms.ts";
import { memoryRegistry } from "../../handlers/registry/memory-registry.ts";
import type { Registry } from "../../handlers/registry/registry.ts";
import type { WebSocketOptions } from "../../middleware/index.ts";
import { chat } from "../../views/chat.ts";
import { errors } from "../../views/errors.ts";
import type { TestServer } from "./server.ts";
import { useDirectory } from "./use-directory.ts";
import type { Network } from "./use-network.ts";

/** A server of the chat whose state a test can look at. */
export interface ChatServer extends TestServer {
  readonly log: Log;
  readonly rooms: Rooms;
  /** Shuts the server down, then its log. */
  stop(): Promise<void>;
}

/** What a server of the chat may be told. */
export interface ServeChat extends Omit<SqliteLogOptions, "directory"> {
  /** Makes another log of the one that is opened. */
  readonly wrap?: (log: Log) => Log;
  readonly view?: WebSocketOptions;
  /** What it shares with other servers. Default: nothing. */
  readonly bus?: Bus;
  readonly registry?: Registry;
}

/**
 * Gives a suite's tests servers of the chat. Those of one test have one directory: one that starts when another one has stopped
 * is the same chat, restarted.
 */
export function useChat(network: Network): (options?: ServeChat) => Promise<ChatServer> {
  const logs: Log[] = [];

  afterEach(() => Promise.all(logs.splice(0).map((log) => log.close())));

  // Behind that: a directory is not removed while a log is open in it.
  const directory = useDirectory();

  return async function serveChat({ wrap, view, ...options } = {}) {
    const opened = sqliteLog({ directory: directory(), ...options });
    logs.push(opened);
    const log = wrap ? wrap(opened) : opened;
    const { bus = memoryBus(), registry = memoryRegistry() } = options;
    const rooms = new Rooms({ log, bus, registry });
    const server = await network.serve(express().use("/chat", chat(rooms, view)).use(errors()));
    async function stop(): Promise<void> {
      await server.close();
      await log.close();
    }
    return { ...server, log, rooms, stop };
  };
}
