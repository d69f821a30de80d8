import websocket from "@fastify/websocket";
import Fastify from "fastify";
import { fanOut } from "./fan-out.ts";
import { BACKLOG, portOf, tell } from "./host.ts";

const fastify = Fastify();

fastify.register(websocket);
fastify.register(async (fastify) => {
  fastify.get("/echo/:name", { websocket: true }, (socket) => {
    socket.on("message", (message, isBinary) => socket.send(message, { binary: isBinary }));
  });

  fastify.get("/burst/:name", { websocket: true }, (socket) => {
    socket.on("message", (message) => fanOut(fastify.websocketServer.clients, message.toString()));
  });
});

await fastify.listen({ port: 0, host: "127.0.0.1", backlog: BACKLOG });
tell(portOf(fastify.server));
