import { BURST } from "../burst.ts";
import { tell } from "./host.ts";

/** What of Bun is used here. Its types would bring those of another runtime into every file. */
declare const Bun: {
  serve(options: {
    port: number;
    hostname: string;
    fetch(request: { url: string }, server: BunServer): Response | undefined;
    websocket: {
      perMessageDeflate: boolean;
      open(ws: BunSocket): void;
      message(ws: BunSocket, message: string | Buffer): void;
    };
  }): BunServer;
};

interface BunServer {
  readonly port: number;
  upgrade(request: object, options: { data: { burst: boolean } }): boolean;
  publish(topic: string, message: string | Buffer): void;
}

interface BunSocket {
  readonly data: { burst: boolean };
  subscribe(topic: string): void;
  send(message: string | Buffer): void;
}

const EVERYONE = "everyone";

const server = Bun.serve({
  port: 0,
  hostname: "127.0.0.1",
  fetch(request, server) {
    const burst = new URL(request.url).pathname.startsWith("/burst/");
    if (server.upgrade(request, { data: { burst } })) return undefined;
    return new Response("A WebSocket is expected", { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    open(ws) {
      if (ws.data.burst) ws.subscribe(EVERYONE);
    },
    message(ws, message) {
      if (!ws.data.burst) ws.send(message);
      else for (let i = 0; i < BURST; i++) server.publish(EVERYONE, message);
    },
  },
});

tell(server.port);
