import { expect } from "chai";
import { type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { echo } from "../support/echo.ts";
import { closed, EchoPeer, pong, text } from "../support/echo-peer.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, frame, PING, TEXT } from "../support/raw-frames.ts";
import {
  handshakeText,
  type RawResponse,
  readResponse,
  SAMPLE_ACCEPT,
  SAMPLE_KEY,
} from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

type Headers = Readonly<Record<string, string | undefined>>;

describe("the opening handshake (RFC 6455 §4.2)", () => {
  const network = useNetwork();

  async function connect(options?: ViewOptions): Promise<EchoPeer> {
    // For all methods and paths: what refuses a request is the handshake, not the route.
    const { port } = await network.serve(quietApp().use(websocket(echo, options)));
    return new EchoPeer(await network.dial(port));
  }

  async function answerTo(request: string, options?: ViewOptions): Promise<RawResponse> {
    const { raw } = await connect(options);
    raw.write(request);
    return readResponse(raw);
  }

  const statusOf = async (headers: Headers, line?: string): Promise<number> =>
    (await answerTo(handshakeText("/", headers, line))).status;

  it("is answered with a 101 of these headers and no others (§4.2.2)", async () => {
    const { raw } = await connect();
    raw.write(handshakeText());
    const [line, ...headers] = (await raw.readUntil("\r\n\r\n")).trimEnd().split("\r\n");
    expect(line).to.equal("HTTP/1.1 101 Switching Protocols");
    const own = headers.filter((header) => !/^(Date|X-Powered-By):/.test(header));
    expect(own.sort()).to.deep.equal([
      "Connection: Upgrade",
      `Sec-WebSocket-Accept: ${SAMPLE_ACCEPT}`,
      "Upgrade: websocket",
    ]);
  });

  it("is taken in any spelling that HTTP allows", async () => {
    const usual = handshakeText();
    const spellings = [
      usual.toLowerCase().replace("get / http", "GET / HTTP").replace(SAMPLE_KEY.toLowerCase(), SAMPLE_KEY),
      usual.replaceAll(": ", ":"),
      usual
        .replaceAll(": ", ": \t ")
        .replaceAll(/(\S)\r\n(?=.)/g, "$1  \r\n")
        .replace("HTTP/1.1  ", "HTTP/1.1"),
      usual.replace("Upgrade: websocket", "UPGRADE: WebSocket"),
      usual.replace("Connection: Upgrade", "Connection: keep-alive,  UPGRADE ,"),
      usual.replace("Connection: Upgrade", "Connection: keep-alive\r\nConnection: Upgrade"),
      usual.replace("Upgrade: websocket", "Upgrade: h2c, websocket"),
      usual.replace("GET /", "GET http://localhost/"),
      usual.replace("GET /", "GET /a/path?with=a&query"),
      `\r\n${usual}`,
    ];
    for (const request of spellings) expect((await answerTo(request)).status, request).to.equal(101);
  });

  it("is taken octet by octet", async () => {
    const peer = await connect();
    await peer.sendChopped(1, Buffer.from(handshakeText()), frame(TEXT, "hello"));
    expect((await readResponse(peer.raw)).status).to.equal(101);
    await peer.expect(text("hello"));
  });

  it("is followed at once by the frames that a client sends along, whole or cut", async () => {
    const frames = Buffer.concat([frame(TEXT, "early"), frame(PING, "p"), closeFrame(1000)]);
    for (const cut of [0, 1, 5, frames.length]) {
      const peer = await connect();
      peer.send(Buffer.from(handshakeText()), frames.subarray(0, cut));
      expect((await readResponse(peer.raw)).status).to.equal(101);
      peer.send(frames.subarray(cut));
      const replies = [await peer.next(), await peer.next()].sort(([a], [b]) => a - b);
      expect(replies.map(([opcode, payload]) => [opcode, String(payload)])).to.deep.equal([
        text("early"),
        pong("p"),
      ]);
      await peer.expect(closed(1000));
    }
  });

  it("is GET and nothing else (item 1)", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
      expect(await statusOf({}, `${method} / HTTP/1.1`), method).to.equal(426);
  });

  it("is HTTP/1.1 or later (item 1)", async () => {
    expect(await statusOf({}, "GET / HTTP/1.0")).to.equal(426);
  });

  it("names the host (item 2)", async () => {
    expect(await statusOf({ Host: undefined })).to.equal(400);
  });

  it("has websocket in Upgrade, and upgrade in Connection (items 3 and 4)", async () => {
    const requests: Headers[] = [
      { Upgrade: undefined },
      { Upgrade: "h2c" },
      { Upgrade: "websocket2" },
      { Upgrade: "web socket" },
      { Connection: undefined },
      { Connection: "keep-alive" },
      { Connection: "upgraded" },
    ];
    for (const headers of requests) expect(await statusOf(headers), JSON.stringify(headers)).to.equal(426);
  });

  it("has one key, of 16 bytes in base64 (item 5)", async () => {
    for (const key of ["AAAAAAAAAAAAAAAAAAAAAA==", "//////////////////////==", `  ${SAMPLE_KEY}  `])
      expect(await statusOf({ "Sec-WebSocket-Key": key }), key).to.equal(101);
    for (const key of [
      undefined,
      "",
      "AAAA",
      `${SAMPLE_KEY}A`,
      SAMPLE_KEY.slice(0, -2),
      "-_AAAAAAAAAAAAAAAAAAAA==",
    ])
      expect(await statusOf({ "Sec-WebSocket-Key": key }), key).to.equal(400);
    const twice = { "Sec-WebSocket-Key": `${SAMPLE_KEY}\r\nSec-WebSocket-Key: ${SAMPLE_KEY}` };
    expect(await statusOf(twice)).to.equal(400);
  });

  it("is of version 13, which a client of another is told (item 6, and §4.4)", async () => {
    for (const version of ["0", "7", "8", "12", "14", "255", "1 3", "13.0", undefined]) {
      const { status, headers } = await answerTo(handshakeText("/", { "Sec-WebSocket-Version": version }));
      expect(status, version).to.equal(426);
      expect(headers).to.deep.include({ "sec-websocket-version": "13", upgrade: "websocket" });
    }
  });

  it("agrees on a subprotocol that both sides speak, from one header or several (§4.2.2, item 5.5)", async () => {
    const protocols = ["v2", "v1"];
    const agreedOn = async (offer: string): Promise<string | undefined> => {
      const request = handshakeText("/", { "Sec-WebSocket-Protocol": offer });
      const { status, headers } = await answerTo(request, { protocols });
      expect(status, offer).to.equal(101);
      return headers["sec-websocket-protocol"];
    };
    expect(await agreedOn("v1")).to.equal("v1");
    expect(await agreedOn("v0, v1,v2")).to.equal("v2");
    expect(await agreedOn("v0\r\nSec-WebSocket-Protocol: v1\r\nSec-WebSocket-Protocol: v3")).to.equal("v1");
    expect(await agreedOn("V1, v0")).to.equal(undefined);
  });

  it("goes on without an extension that nobody knows (§9.1)", async () => {
    for (const compression of [false, true]) {
      const request = handshakeText("/", { "Sec-WebSocket-Extensions": 'x-one; a=1; b="2", x-two' });
      const { status, headers } = await answerTo(request, { compression });
      expect(status).to.equal(101);
      expect(headers).not.to.have.property("sec-websocket-extensions");
    }
  });
});
