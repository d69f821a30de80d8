/** How a peer's clients talk to it. */
export type DialectName = "plain" | "socket.io";

/** What a client asks for: its own message back, or ten messages to everybody. */
export type Request = "echo" | "burst";

/** How clients talk, in texts. */
export interface Dialect {
  /** The URL that they connect to, without its host. */
  path(request: Request): string;
  /** What a client answers to each message that comes before it is connected; undefined for nothing. */
  readonly greeting: readonly (string | undefined)[];
  /** What makes the server do what is asked for. */
  message(request: Request): string;
}

/** What every message carries: 32 bytes. */
const PAYLOAD = "x".repeat(32);

export const DIALECTS: Readonly<Record<DialectName, Dialect>> = {
  plain: {
    path: (request) => `/${request}/bob`,
    greeting: [],
    message: () => PAYLOAD,
  },
  // Engine.IO 4 opens with its handshake ("0"), which "40" answers with a connection to the main namespace; the server
  // confirms that ("40"). An event is "42".
  "socket.io": {
    path: () => "/socket.io/?EIO=4&transport=websocket",
    greeting: ["40", undefined],
    message: (request) => `42${JSON.stringify([request, PAYLOAD])}`,
  },
};
