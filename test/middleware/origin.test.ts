import { expect } from "chai";
import { type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, type RawResponse, readResponse } from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

describe("origins", () => {
  const network = useNetwork();

  async function answerTo(
    headers: Record<string, string>,
    options: ViewOptions = {},
    trustProxy: boolean = false,
  ): Promise<RawResponse> {
    const app = quietApp().set("trust proxy", trustProxy);
    const { port } = await network.serve(
      app.get(
        "/",
        websocket((ws) => ws.closed, options),
      ),
    );
    const raw = await network.dial(port);
    raw.write(handshakeText("/", headers));
    return readResponse(raw);
  }

  async function statusOf(...request: Parameters<typeof answerTo>): Promise<number> {
    return (await answerTo(...request)).status;
  }

  it("lets a request without an Origin in: it comes from no web page", async () => {
    expect(await statusOf({})).to.equal(101);
  });

  it("lets in pages of the same host and port", async () => {
    const same: [host: string, origin: string][] = [
      ["example.com", "http://example.com"],
      ["example.com:8000", "http://example.com:8000"],
      ["Example.COM", "http://example.com"],
      ["[::1]:8000", "http://[::1]:8000"],
      ["127.0.0.1:8000", "http://127.0.0.1:8000"],
      ["example.com:80", "http://example.com"],
      ["example.com:443", "https://example.com"],
      // TLS ended at a proxy that is not trusted: the scheme is not known.
      ["example.com", "https://example.com"],
    ];
    for (const [Host, Origin] of same) expect(await statusOf({ Host, Origin }), Origin).to.equal(101);
  });

  it("refuses pages of another host or port with 403", async () => {
    const foreign: [host: string, origin: string][] = [
      ["example.com", "http://evil.example"],
      ["example.com", "http://sub.example.com"],
      ["example.com", "http://example.com.evil.example"],
      ["example.com", "http://example.com:8000"],
      ["example.com:8000", "http://example.com"],
      ["example.com:8000", "http://example.com:8001"],
      ["example.com:443", "http://example.com"],
      ["example.com", "null"],
      ["example.com", "example.com"],
      ["example.com", ""],
      ["example.com", "http://user@evil.example"],
      ["null", "null"],
    ];
    for (const [Host, Origin] of foreign) expect(await statusOf({ Host, Origin }), Origin).to.equal(403);
  });

  it("names the origin and the option in the 403", async () => {
    const { body } = await answerTo({ Origin: "http://evil.example" });
    expect(body).to.contain("http://evil.example").and.to.contain("origins");
  });

  it("lets in those of a list, and no others, not even the same origin", async () => {
    const options = { origins: ["https://a.example", "https://b.example:8443"] };
    expect(await statusOf({ Origin: "https://a.example" }, options)).to.equal(101);
    expect(await statusOf({ Origin: "https://b.example:8443" }, options)).to.equal(101);
    expect(await statusOf({ Origin: "http://a.example" }, options)).to.equal(403);
    expect(await statusOf({ Origin: "https://b.example" }, options)).to.equal(403);
    expect(await statusOf({ Origin: "http://localhost" }, options)).to.equal(403);
    expect(await statusOf({}, options)).to.equal(101);
  });

  it("lets a function decide, by the origin and the request", async () => {
    const options: ViewOptions = { origins: (origin, req) => `${origin}${req.url}` === "https://a.example/" };
    expect(await statusOf({ Origin: "https://a.example" }, options)).to.equal(101);
    expect(await statusOf({ Origin: "https://b.example" }, options)).to.equal(403);
  });

  it('lets everyone in with "*"', async () => {
    for (const Origin of ["https://evil.example", "null"]) {
      expect(await statusOf({ Origin }, { origins: "*" })).to.equal(101);
    }
  });

  it('lets "null" in only where the list says so', async () => {
    expect(await statusOf({ Origin: "null" }, { origins: ["null"] })).to.equal(101);
  });

  describe("behind a proxy", () => {
    const forwarded = {
      Host: "backend:8000",
      "X-Forwarded-Host": "example.com",
      "X-Forwarded-Proto": "https",
    };

    it("are those of the host that a trusted proxy forwards", async () => {
      expect(await statusOf({ ...forwarded, Origin: "https://example.com" }, {}, true)).to.equal(101);
      expect(await statusOf({ ...forwarded, Origin: "http://example.com" }, {}, true)).to.equal(403);
      expect(await statusOf({ ...forwarded, Origin: "https://evil.example" }, {}, true)).to.equal(403);
    });

    it("count the port that a trusted proxy forwards", async () => {
      const headers = { ...forwarded, "X-Forwarded-Host": "example.com:8443, other" };
      expect(await statusOf({ ...headers, Origin: "https://example.com:8443" }, {}, true)).to.equal(101);
      expect(await statusOf({ ...headers, Origin: "https://example.com" }, {}, true)).to.equal(403);
    });

    it("are not what a proxy says that is not trusted", async () => {
      expect(await statusOf({ ...forwarded, Origin: "https://example.com" })).to.equal(403);
    });
  });

  it("are compared on a server without Express too", async () => {
    const view = websocket((ws) => ws.closed);
    const { port } = await network.serve((req, res) =>
      Reflect.apply(view, null, [req, res, () => res.writeHead(403, { "Content-Length": 0 }).end()]),
    );
    for (const [Origin, status] of [
      ["http://localhost", 101],
      ["http://evil.example", 403],
    ] as const) {
      const raw = await network.dial(port);
      raw.write(handshakeText("/", { Origin }));
      expect((await readResponse(raw)).status).to.equal(status);
    }
  });
});
