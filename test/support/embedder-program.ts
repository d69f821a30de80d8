/**
 * What an embedder writes in TypeScript who uses all of the package. Each line below an "expect-error" has to be an error:
 * so it shows that the types have arrived, and that they are not `any`.
 */
export const EMBEDDER_PROGRAM = `
import { createServer } from "node:http";
import express from "express";
import {
  accept, broadcast, type CompressionOptions, type Connection, ConnectionClosedError, HandshakeError, hookUpgrades,
  type Message, shutdown, type Summary, WebSocketError, type WebSocketOptions, websocket,
} from "express-c10k";
import { type Client, connect, type Disconnect } from "express-c10k/client";
import { type ConnectOptions, connect as open, UnexpectedResponse } from "express-c10k/testing";

const app = express();
const everyone = new Set<Connection>();

app.get("/echo/:name", websocket(async (ws, req) => {
  await ws.send(\`Hello \${req.params.name}!\`);
  // @ts-expect-error a param is text
  req.params.name?.toFixed();
  for await (const message of ws) await ws.send(message);
}));

app.get("/rooms/:room", websocket<{ room: string }>(async (ws, { params, ip }) => {
  // @ts-expect-error the params have no such name
  params.nobody;
  everyone.add(ws);
  const message: Message = await ws.recv({ timeout: 1000, signal: ws.signal });
  // @ts-expect-error a message may be binary
  message.trim();
  broadcast(everyone, \`\${params.room}, \${ip}: \${message.toString()}\`);
  if (message.length > 100) throw new WebSocketError(1008, "Too long");
}));

const compression: CompressionOptions = { threshold: 0, zlibDeflateOptions: { level: 1 } };
const options: WebSocketOptions = {
  compression, maxPayload: 1024, origins: ["https://example.com"], protocols: ["v1"], pingInterval: 0,
  onClose({ request, duration, received }: Summary) {
    console.log(request, duration.toFixed(), received.bytes);
    // @ts-expect-error bytes is a number
    received.bytes.trim();
  },
};
// @ts-expect-error the option is "maxPayload"
websocket(() => {}, { maxPayLoad: 1 });
// @ts-expect-error the option is "zlibDeflateOptions"
websocket(() => {}, { compression: { level: 1 } });

app.get("/feed", async (req, res, next) => {
  try {
    const ws = await accept(req, res, options);
    ws.raw.on("pong", () => console.log(ws.remoteAddress, ws.raw.readyState));
    // @ts-expect-error there is no such method
    ws.raw.nothing();
    // @ts-expect-error a number is no message
    ws.send(1);
    const { code, reason } = await ws.closed;
    console.log(code.toFixed(), reason.trim());
  } catch (error) {
    if (error instanceof HandshakeError) console.log(error.status.toFixed(), error.headers);
    if (error instanceof ConnectionClosedError) console.log(error.closeCode.toFixed(), error.reason);
    next(error);
  }
});

export async function main(): Promise<void> {
  const server = hookUpgrades(createServer(app), { claim: ({ url }) => url !== "/hot" });
  // @ts-expect-error a server is what is hooked
  hookUpgrades(app);

  const headers: ConnectOptions = { headers: { cookie: "a=b" }, ca: "…", rejectUnauthorized: false, servername: "x" };
  const ws: Connection = await open(app, "/echo/bob", headers).catch((error: unknown) => {
    if (error instanceof UnexpectedResponse) console.log(error.response.status.toFixed());
    throw error;
  });
  // @ts-expect-error there is no such option
  await open(app, "/", { cookies: "a=b" });
  await ws.close(1000, "Enough");

  const onClose = ({ delay }: Disconnect) => console.log(delay?.toFixed());
  const client: Client = connect("wss://example.com/echo/bob", { maxDelay: 1000, onClose });
  // @ts-expect-error a client's message is no number
  (await client.recv()).toFixed();
  await shutdown(server, { timeout: 1000, spread: 100 });
}
`;
