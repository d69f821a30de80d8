import { createServer } from "node:http";
import express from "express";
import { broadcast, type Connection, hookUpgrades, websocket } from "../../../middleware/index.ts";
import { BURST } from "../burst.ts";
import { serve } from "./host.ts";

const app = express();
const router = express.Router();
const everyone = new Set<Connection>();

router.get(
  "/echo/:name",
  websocket(async (ws) => {
    for await (const message of ws) await ws.send(message);
  }),
);

router.get(
  "/burst/:name",
  websocket(async (ws) => {
    everyone.add(ws);
    try {
      for await (const message of ws) {
        for (let i = 0; i < BURST; i++) broadcast(everyone, message);
      }
    } finally {
      everyone.delete(ws);
    }
  }),
);

app.use(router);
serve(hookUpgrades(createServer(app)));
