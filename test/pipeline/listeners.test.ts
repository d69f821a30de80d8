import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { expect } from "chai";
import session from "express-session";
import { hookUpgrades, shutdown, websocket } from "../../middleware/index.ts";
import { cookiesOf } from "../support/ask.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, readClose, readText } from "../support/raw-frames.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import type { RawSocket } from "../support/raw-socket.ts";
import { selfSigned } from "../support/self-signed.ts";
import { until } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

/** An app that tells how a request came, and which session it belongs to. */
function app(secure: boolean) {
  const cookie = { secure };
  return quietApp()
    .use(session({ secret: "secret", resave: false, saveUninitialized: true, cookie }))
    .get(
      "/",
      websocket(async (ws, req) => {
        await ws.send(JSON.stringify([req.protocol, req.secure, req.ip === ws.remoteAddress, req.sessionID]));
        await ws.closed;
      }),
    );
}

/** Opens a connection, and closes it; gives what it was told, and the cookies that it got. */
async function visit(raw: RawSocket, cookies: string) {
  raw.write(handshakeText("/", { Cookie: cookies }));
  const { status, headers } = await readResponse(raw);
  expect(status).to.equal(101);
  const told: unknown = JSON.parse(await readText(raw));
  raw.write(closeFrame(1000));
  expect((await readClose(raw)).code).to.equal(1000);
  raw.socket.destroy();
  return { told, cookies: cookiesOf(headers["set-cookie"]) };
}

describe("the pipeline on https", () => {
  const network = useNetwork();

  it("sets a secure cookie on the 101, and knows the session by it", async () => {
    const identity = selfSigned();
    const server = hookUpgrades(createTlsServer(identity, app(true)));
    const port = await network.listen(server);
    const dialTls = async () => {
      const socket = connectTls({ port, host: "localhost", ca: identity.cert });
      await until(socket, "secureConnect");
      return network.dial(socket);
    };
    const first = await visit(await dialTls(), "");
    expect(first.told).to.deep.include.members(["https", true]);
    expect(first.cookies).to.match(/^connect\.sid=/);
    expect(await visit(await dialTls(), first.cookies)).to.deep.equal({ told: first.told, cookies: "" });
    await shutdown(server);
  });
});

describe("the pipeline on a Unix socket", () => {
  const network = useNetwork();

  it("is the same, without an address of the peer", async () => {
    const folder = await mkdtemp(join(tmpdir(), "c10k-"));
    const path = join(folder, "socket");
    const server = hookUpgrades(createServer(app(false))).listen(path);
    await until(server, "listening");
    const first = await visit(await network.dial({ path }), "");
    expect(first.told).to.deep.include.members(["http", false, true]);
    expect(await visit(await network.dial({ path }), first.cookies)).to.deep.equal({
      told: first.told,
      cookies: "",
    });
    await shutdown(server);
    await rm(folder, { recursive: true });
  });
});
