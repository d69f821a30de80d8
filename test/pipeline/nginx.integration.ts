import { expect } from "chai";
import type { Express } from "express";
import { type Summary, websocket } from "../../middleware/index.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { NGINX_HINT, type Nginx, startNginx } from "../support/nginx.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { useNetwork } from "../support/use-network.ts";
import { useProgram } from "../support/use-program.ts";

/** The default of `proxy_read_timeout`, in milliseconds: how long nginx waits for a word of the server. */
const PROXY_READ_TIMEOUT = 60_000;

/** A timer may run out early by as much as its clock is coarse, in milliseconds. */
const COARSENESS = 1000;

describe("behind nginx", () => {
  const network = useNetwork();
  const program = useProgram("nginx", { hint: NGINX_HINT });
  let nginx: Nginx | undefined;

  afterEach(async () => {
    await nginx?.stop();
    nginx = undefined;
  });

  /** Starts an app behind nginx; gives the Unix socket in front of it. */
  async function serveBehindNginx(app: Express): Promise<string> {
    const { port } = await network.serve(app);
    nginx = await startNginx(program.path(), port);
    return nginx.path;
  }

  it("a refusal arrives whole, and a message that was sent with the handshake", async () => {
    const app = quietApp();
    app.get("/private", (_req, res) => {
      res.status(401).set("WWW-Authenticate", "Session").send("Sign in first");
    });
    app.get(
      "/",
      websocket(async (ws) => ws.send(await ws.recv())),
    );
    const path = await serveBehindNginx(app);
    const raw = await network.dial({ path });
    raw.write(handshakeText("/private"));
    const { status, headers, body } = await readResponse(raw);
    expect({ status, body }).to.deep.equal({ status: 401, body: "Sign in first" });
    expect(headers["www-authenticate"]).to.equal("Session");
    const client = await network.open(`ws+unix:${path}:/`);
    client.ws.send("early");
    expect(await client.next()).to.equal("early");
  });

  it("an idle connection outlives proxy_read_timeout with the default ping, and is cut without", async function () {
    this.timeout(PROXY_READ_TIMEOUT + 2 * TIMEOUT);
    const [cut, pinged] = [deferred<Summary>(), deferred()];
    const app = quietApp();
    app.get(
      "/pinged",
      websocket(async (ws) => {
        let pongs = 0;
        ws.raw.on("pong", () => {
          pongs += 1;
          if (pongs === 3) pinged.resolve();
        });
        await echo(ws);
      }),
    );
    app.get("/silent", websocket(echo, { pingInterval: 0, onClose: cut.resolve }));
    const path = await serveBehindNginx(app);
    // In this order: what is cut has been idle for a shorter time than what lives.
    const alive = await network.open(`ws+unix:${path}:/pinged`);
    const silent = await network.open(`ws+unix:${path}:/silent`);

    const [{ code, duration }] = await Promise.all([cut.promise, silent.closed, pinged.promise]);
    expect(code).to.equal(1006);
    expect(duration).to.be.above(PROXY_READ_TIMEOUT - COARSENESS);
    alive.ws.send("Still there?");
    expect(await alive.next()).to.equal("Still there?");
  });
});
