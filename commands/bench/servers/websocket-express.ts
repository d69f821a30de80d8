import { type ExtendedWebSocket, Router, WebSocketExpress } from "websocket-express";
import { fanOut } from "./fan-out.ts";
import { serve } from "./host.ts";

const app = new WebSocketExpress();
const router = new Router();
const everyone = new Set<ExtendedWebSocket>();

router.ws("/echo/:name", async (_req, res) => {
  const ws = await res.accept();
  ws.on("message", (message, isBinary) => ws.send(message, { binary: isBinary }));
});

router.ws("/burst/:name", async (_req, res) => {
  const ws = await res.accept();
  everyone.add(ws);
  ws.on("close", () => everyone.delete(ws));
  ws.on("message", (message) => fanOut(everyone, message.toString()));
});

app.use(router);
serve(app.createServer());
