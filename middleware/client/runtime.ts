/** What the client needs of a `WebSocket`: that of browsers, of Node, of `ws` and others has it. */
export interface WebSocketLike {
  /** 1 while it is open. */
  readonly readyState: number;
  /** How many bytes were sent and are not yet written to the network. */
  readonly bufferedAmount: number;
  /** The subprotocol that was agreed on; empty if none. */
  readonly protocol: string;
  /** What binary messages are given as: the client sets it to `arraybuffer`. */
  binaryType: string;
  /** Told once, when the connection is open; or of an error, which says nothing more. */
  addEventListener(type: "open" | "error", listener: () => void): void;
  /** Told of each message. */
  addEventListener(type: "message", listener: (event: { readonly data: string | ArrayBuffer }) => void): void;
  /** Told once, when the connection is closed or could not be opened. */
  addEventListener(
    type: "close",
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
  /** What it takes beyond a string, an ArrayBuffer and a view of one differs, and is not used. */
  send(data: unknown): void;
  /** Begins to close the connection, or gives up opening it. */
  close(code?: number, reason?: string): void;
}

/** Makes a `WebSocket`: the global of browsers and of Node 22, or the class of `ws`. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketLike;

/** What may or may not be there: {@link runtime}. */
interface Runtime {
  readonly URL: unknown;
  readonly WebSocket?: WebSocketConstructor;
  /** A page's or a worker's. */
  readonly location?: { readonly href: string };
  /** A page's or a worker's. */
  addEventListener?(type: "online", listener: () => void, options: { signal: AbortSignal }): void;
}

/** The global object of whatever this runs in. */
export const runtime: Runtime = globalThis;

/** @throws TypeError where there is none */
export function globalWebSocket(): WebSocketConstructor {
  if (runtime.WebSocket) return runtime.WebSocket;
  throw new TypeError("No global WebSocket: pass one as the option WebSocket");
}
