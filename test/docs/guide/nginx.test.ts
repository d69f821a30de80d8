import { expect } from "chai";
import type { Express } from "express";
import { type HookOptions, websocket } from "../../../middleware/index.ts";
import { resolveOptions } from "../../../middleware/options.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { echo } from "../../support/echo.ts";
import { NGINX_HINT, type Nginx, startNginx } from "../../support/nginx.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { handshakeText, readResponse } from "../../support/raw-http.ts";
import { useNetwork } from "../../support/use-network.ts";
import { useProgram } from "../../support/use-program.ts";

/** The default of `proxy_read_timeout`, in milliseconds: `test/pipeline/nginx.integration.ts` waits for it. */
const PROXY_READ_TIMEOUT = 60_000;

describe("docs/guide/nginx.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/nginx.md");
  const site = page.block("Behind nginx", 1);
  const trust = page.block("Behind nginx", 2);
  const program = useProgram("nginx", { hint: NGINX_HINT });
  let nginx: Nginx | undefined;

  afterEach(async () => {
    await nginx?.stop();
    nginx = undefined;
  });

  /** An app that trusts nginx, and tells what it knows of a client. */
  async function createApp(): Promise<Express> {
    const app = quietApp();
    await trust.run({ app });
    app.get("/private", (_req, res) => {
      res.status(401).set("WWW-Authenticate", "Session").send("Sign in first");
    });
    app.get(
      "/",
      websocket(async (ws, req) => {
        await ws.send(JSON.stringify([req.ip, ws.remoteAddress, req.protocol]));
        await echo(ws);
      }),
    );
    return app;
  }

  async function serve(app: Express, options?: HookOptions): Promise<string> {
    const { port } = await network.serve(app, options);
    nginx = await startNginx(program.path(), port, site.code);
    return nginx.path;
  }

  /** The answer to a handshake through nginx. */
  async function ask(path: string, url: string, headers: Record<string, string> = {}) {
    const raw = await network.dial({ path });
    raw.write(handshakeText(url, headers));
    return readResponse(raw);
  }

  it("passes a WebSocket on, with what the client is told by nginx", async () => {
    const path = await serve(await createApp());
    const headers = { "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https" };
    const client = await network.open(`ws+unix:${path}:/`, { headers });
    const [ip, remoteAddress, protocol] = JSON.parse(String(await client.next()));
    // A client on a Unix socket has no address; what it makes up is not passed on.
    expect([ip, remoteAddress]).to.not.include("203.0.113.9");
    expect({ protocol, same: ip === remoteAddress }).to.deep.equal({ protocol: "http", same: true });
    client.ws.send("Spam");
    expect(await client.next()).to.equal("Spam");
  });

  it("passes a refusal on as it is", async () => {
    const { status, headers, body } = await ask(await serve(await createApp()), "/private");
    expect({ status, body }).to.deep.equal({ status: 401, body: "Sign in first" });
    expect(headers["www-authenticate"]).to.equal("Session");
  });

  it("lets in pages of the site that nginx serves, and no others", async () => {
    const path = await serve(await createApp());
    const statusFrom = async (Origin: string) =>
      (await ask(path, "/", { Host: "example.com:8080", Origin })).status;
    expect(await statusFrom("http://example.com:8080")).to.equal(101);
    expect(await statusFrom("http://example.com")).to.equal(403);
    expect(await statusFrom("http://foreign.example:8080")).to.equal(403);
  });

  it("lets no page of http: connect to an https: site, whose TLS ends at the proxy", async () => {
    const { port } = await network.serve(await createApp());
    const statusFrom = async (Origin: string) => {
      const raw = await network.dial(port);
      raw.write(handshakeText("/", { Host: "example.com", "X-Forwarded-Proto": "https", Origin }));
      return (await readResponse(raw)).status;
    };
    expect(await statusFrom("https://example.com")).to.equal(101);
    expect(await statusFrom("http://example.com")).to.equal(403);
  });

  it("counts clients by their own addresses, or, where it is not trusted, as one", async () => {
    const shake = async (port: number, address: string) => {
      const raw = await network.dial(port);
      raw.write(handshakeText("/", { "X-Forwarded-For": address }));
      return (await readResponse(raw)).status;
    };
    const trusting = await network.serve(await createApp(), { maxConnectionsPerAddress: 1 });
    expect(await shake(trusting.port, "203.0.113.1")).to.equal(101);
    expect(await shake(trusting.port, "203.0.113.2")).to.equal(101);
    expect(await shake(trusting.port, "203.0.113.1")).to.equal(429);
    const app = quietApp().get("/", websocket(echo));
    const { port } = await network.serve(app, { maxConnectionsPerAddress: 1 });
    expect(await shake(port, "203.0.113.1")).to.equal(101);
    expect(await shake(port, "203.0.113.2")).to.equal(429);
  });

  it("pings by default more often than nginx loses its patience", () => {
    expect(resolveOptions().pingInterval).to.equal(20_000).and.to.be.below(PROXY_READ_TIMEOUT);
  });
});
