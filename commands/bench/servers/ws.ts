import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { fanOut } from "./fan-out.ts";
import { serve } from "./host.ts";

const server = createServer();
const wss = new WebSocketServer({ server });

wss.on("connection", (ws, { url }) => {
  ws.on("error", console.error);
  if (url?.startsWith("/burst/")) ws.on("message", (data) => fanOut(wss.clients, data.toString()));
  else ws.on("message", (data, isBinary) => ws.send(data, { binary: isBinary }));
});

serve(server);
