import { expect } from "chai";
import { acceptValue } from "../../middleware/handshake.ts";
import {
  handshakeText,
  type RawResponse,
  readResponse,
  SAMPLE_ACCEPT,
  SAMPLE_KEY,
} from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

describe("acceptValue", () => {
  it("answers the key of RFC 6455 §1.3 as it is answered there", () => {
    expect(acceptValue(SAMPLE_KEY)).to.equal(SAMPLE_ACCEPT);
  });
});

describe("the opening handshake", () => {
  const network = useNetwork();

  async function answerTo(headers: Record<string, string | undefined>, line?: string): Promise<RawResponse> {
    const { port } = await network.serveView((ws) => ws.closed);
    const raw = await network.dial(port);
    raw.write(handshakeText("/", headers, line));
    return readResponse(raw);
  }

  it("is answered as in RFC 6455 §4.2.2", async () => {
    const { status, headers } = await answerTo({});
    expect(status).to.equal(101);
    expect(headers).to.deep.include({
      upgrade: "websocket",
      connection: "Upgrade",
      "sec-websocket-accept": SAMPLE_ACCEPT,
    });
    expect(headers).not.to.have.any.keys("content-length", "transfer-encoding", "sec-websocket-extensions");
  });

  it("is known in any case, and among other tokens", async () => {
    const requests = [
      { Connection: "keep-alive, Upgrade" },
      { Connection: "UPGRADE" },
      { Connection: "keep-alive ,\tupgrade" },
      { Connection: "keep-alive\r\nConnection: upgrade" },
      { Upgrade: "WebSocket" },
      { Upgrade: "h2c, websocket" },
      { Upgrade: undefined, UPGRADE: "websocket" },
    ];
    for (const headers of requests)
      expect((await answerTo(headers)).status, JSON.stringify(headers)).to.equal(101);
  });

  it("gets 426 with the version that we speak for any other (RFC 6455 §4.4)", async () => {
    for (const version of ["8", "14", "13, 8", "013", "+13", "", undefined]) {
      const { status, headers } = await answerTo({ "Sec-WebSocket-Version": version });
      expect(status, version).to.equal(426);
      expect(headers["sec-websocket-version"]).to.equal("13");
    }
  });

  it("gets 400 for a key that is not 16 bytes in base64", async () => {
    const keys = [
      undefined,
      "",
      "x",
      "dGhlIHNhbXBsZSBub25jZQ",
      `${SAMPLE_KEY}=`,
      "A".repeat(24),
      `${SAMPLE_KEY}, ${SAMPLE_KEY}`,
    ];
    for (const key of keys) expect((await answerTo({ "Sec-WebSocket-Key": key })).status, key).to.equal(400);
  });

  it("gets 400 without Host, or with two (RFC 6455 §4.2.1, item 2; RFC 9112 §3.2)", async () => {
    for (const host of [undefined, "localhost\r\nHost: localhost"])
      expect((await answerTo({ Host: host })).status, host).to.equal(400);
    expect((await answerTo({ Host: "" })).status).to.equal(101);
  });

  it("gets 400 where Node reads no upgrade: for a tab behind it, on Node 20", async () => {
    const isRead = Number.parseInt(process.versions.node, 10) > 20;
    expect((await answerTo({ Connection: "Upgrade\t" })).status).to.equal(isRead ? 101 : 400);
  });

  it("gets 426 with Upgrade and Connection for what is no handshake (RFC 9110 §15.5.22)", async () => {
    const requests: [headers: Record<string, string | undefined>, line?: string][] = [
      [{ Upgrade: undefined, Connection: undefined }],
      [{ Connection: "keep-alive" }],
      [{ Upgrade: undefined }],
      [{ Upgrade: "h2c" }],
      [{ Upgrade: "websockets" }],
      [{}, "GET / HTTP/1.0"],
      [{}, "GET / HTTP/0.9"],
    ];
    for (const [headers, line] of requests) {
      const response = await answerTo(headers, line);
      expect(response.status).to.equal(426);
      expect(response.headers.upgrade).to.equal("websocket");
      expect(response.headers.connection?.toLowerCase()).to.contain("upgrade");
    }
  });

  it("ends the connection behind a 426 where the peer wants that, or cannot but want it", async () => {
    const close = { Upgrade: undefined, Connection: "close" };
    expect((await answerTo(close)).headers.connection).to.equal("Upgrade, close");
    for (const version of ["1.0", "0.9", "2.0"])
      expect((await answerTo({ Upgrade: undefined }, `GET / HTTP/${version}`)).headers.connection).to.equal(
        "Upgrade, close",
      );
  });

  it("says that the connection ends behind a refused upgrade, as it does", async () => {
    expect((await answerTo({ "Sec-WebSocket-Version": "8" })).headers.connection).to.equal("Upgrade, close");
  });

  it("lets an empty body be announced", async () => {
    expect((await answerTo({ "Content-Length": "0" })).status).to.equal(101);
  });
});
