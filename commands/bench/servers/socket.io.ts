import { createServer } from "node:http";
import { Server } from "socket.io";
import { BURST } from "../burst.ts";
import { serve } from "./host.ts";

const server = createServer();
const io = new Server(server);

io.on("connection", (socket) => {
  socket.on("echo", (message) => socket.emit("echo", message));
  socket.on("burst", (message) => {
    for (let i = 0; i < BURST; i++) io.emit("burst", message);
  });
});

serve(server);
