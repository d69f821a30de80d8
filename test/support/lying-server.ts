import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";

/** A server that does to each connection whatever a test wants. */
export interface LyingServer {
  /** `ws://localhost:PORT` */
  readonly wsUrl: string;
  close(): void;
}

/** What is done to a connection. */
export type Lie = (ws: WebSocket, request: IncomingMessage) => void;

/** Starts a WebSocket server without anything of ours: whatever subprotocol it is asked for, it says yes, or it knows none. */
export async function startLyingServer(lie: Lie, options: ServerOptions = {}): Promise<LyingServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ ...options, server });
  sockets.on("connection", lie);
  server.listen(0);
  await once(server, "listening");
  return {
    wsUrl: urlOf(server.address()),
    close() {
      for (const ws of sockets.clients) ws.terminate();
      server.close();
    },
  };
}

/** Echoes as it should, but for the words that are changed, and the code that it closes with. */
export function echo(ws: WebSocket, changed: Record<string, string> = {}, code = 1000): void {
  const say = (text: string) => ws.send(changed[text] ?? text);
  let count = 0;
  say("Hello!");
  ws.on("message", (data) => {
    count += 1;
    say(`${count}. ${data}`);
    if (count < 3) return;
    say("Goodbye!");
    ws.close(code);
  });
}

/** Starts a server that answers every handshake with an HTTP status. */
export async function startRefusingServer(status: number): Promise<LyingServer> {
  const server = createServer();
  server.on("upgrade", (_request, socket) => {
    socket.end(`HTTP/1.1 ${status} No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  });
  server.listen(0);
  await once(server, "listening");
  return { wsUrl: urlOf(server.address()), close: () => server.close() };
}

function urlOf(address: string | AddressInfo | null): string {
  if (address === null || typeof address === "string") throw new Error("It does not listen on a port");
  return `ws://localhost:${address.port}`;
}
