import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";

/** A server that does to each connection whatever a test wants. */
export interface LyingServer {
  /** `ws://localhost:PORT` */
  readonly wsUrl: string;
  close(): void;
}

/** What is done to a connection. */
export type Lie = (ws: WebSocket, request: IncomingMessage) => void;

/** Starts a WebSocket server without anything of ours. */
export async function startLyingServer(lie: Lie): Promise<LyingServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
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
