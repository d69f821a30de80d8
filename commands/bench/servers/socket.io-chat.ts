import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Server } from "socket.io";
import { serve } from "./host.ts";

/** What a member says. */
interface Said {
  readonly ref: string;
  readonly text: string;
}

const ROOM = "crowd";

const server = createServer();
const io = new Server(server, { transports: ["websocket"] });

io.on("connection", async (socket) => {
  const { nick } = socket.handshake.query;
  await socket.join(ROOM);
  socket.on("message", ({ ref, text }: Said, acknowledge: (id: string) => void) => {
    const id = randomUUID();
    io.to(ROOM).emit("message", { type: "message", id, ref, nick, text, time: new Date().toISOString() });
    acknowledge(id);
  });
});

serve(server);
