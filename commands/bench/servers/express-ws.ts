import { createServer } from "node:http";
import express from "express";
import expressWs from "express-ws";
import { fanOut } from "./fan-out.ts";
import { serve } from "./host.ts";

const plain = express();
const server = createServer(plain);
const { app, getWss } = expressWs(plain, server);

app.ws("/echo/:name", (ws) => {
  ws.on("message", (message) => ws.send(message));
});

app.ws("/burst/:name", (ws) => {
  ws.on("message", (message) => fanOut(getWss().clients, message.toString()));
});

serve(server);
