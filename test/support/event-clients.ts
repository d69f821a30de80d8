import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { WebSocket } from "ws";
import type { Address, Client, ClientOptions } from "../../middleware/client/index.ts";
import { SHORT } from "./timeouts.ts";
import { untilTrue } from "./until.ts";

/** What the browser's module of `docs/from-socket-io.md` gives. */
export type OpenEvents = (
  address: Address,
  handlers: Record<string, (data: unknown) => void>,
  options?: ClientOptions,
) => EventsClient;

export interface EventsClient {
  readonly ws: Client;
  emit(event: string, data?: unknown): Promise<void>;
  ask(event: string, data?: unknown): Promise<unknown>;
}

/** A client of Socket.IO, or of events over WebSocket, to run one scenario with. */
export interface Party {
  /** The events that came and were not taken yet. */
  readonly heard: [event: string, data: unknown][];
  /** Waits for the next of them. */
  next(): Promise<[event: string, data: unknown] | undefined>;
  emit(event: string, data?: unknown): void;
  ask(event: string, data?: unknown): Promise<unknown>;
}

/** Connects a party; `path` is a namespace of Socket.IO, or a route. */
export type Open = (url: string, path?: string, headers?: Record<string, string>) => Promise<Party>;

/** The clients of one test. */
export interface EventClients {
  /** A client of Socket.IO, closed after the test. */
  socket(url: string, options?: Partial<ManagerOptions & SocketOptions>): Socket;
  /** Has a client of Socket.IO closed after the test that is not of ours. */
  close(socket: Socket): void;
  /** The page's own function, with what a test on any Node needs; its client is closed after the test. */
  readonly openEvents: OpenEvents;
  readonly openSocketIo: Open;
  readonly openOurs: Open;
}

const EVENTS = ["hello", "said", "typing", "news", "position"];

/** @param given the page's own function, once it has run */
export function useEventClients(given: () => OpenEvents): EventClients {
  const sockets: Socket[] = [];
  const clients: Client[] = [];

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  const all: EventClients = {
    socket(url, options) {
      const socket = io(url, { transports: ["websocket"], forceNew: true, ...options });
      sockets.push(socket);
      return socket;
    },

    close: (socket) => sockets.push(socket),

    openEvents(address, handlers, options) {
      const events = given()(address, handlers, { WebSocket, firstDelay: SHORT, ...options });
      clients.push(events.ws);
      return events;
    },

    async openSocketIo(url, path = "", extraHeaders = {}) {
      const socket = all.socket(url + path, { extraHeaders });
      const heard: Party["heard"] = [];
      socket.onAny((event, data) => heard.push([event, data]));
      await untilTrue(() => socket.connected);
      return {
        ...listener(heard),
        emit: (event, data) => socket.emit(event, data),
        ask: (event, data) => socket.emitWithAck(event, data),
      };
    },

    async openOurs(url, path = "/events", headers = {}) {
      const heard: Party["heard"] = [];
      const handlers = EVENTS.map((event) => [event, (data: unknown) => heard.push([event, data])] as const);
      const options = { WebSocket: withHeaders(headers) };
      const { ws, emit, ask } = all.openEvents(url + path, Object.fromEntries(handlers), options);
      await untilTrue(() => ws.state === "open");
      return { ...listener(heard), emit, ask };
    },
  };
  return all;
}

function listener(heard: Party["heard"]): Pick<Party, "heard" | "next"> {
  return {
    heard,
    async next() {
      await untilTrue(() => heard.length > 0);
      return heard.shift();
    },
  };
}

/** The class of `ws`, with headers that no browser would send. */
function withHeaders(headers: Record<string, string>): NonNullable<ClientOptions["WebSocket"]> {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers });
    }
  };
}
