import { expect } from "chai";
import { isSubprotocol } from "../../middleware/subprotocol.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { rejection } from "../support/rejection.ts";
import { useNetwork } from "../support/use-network.ts";

describe("isSubprotocol", () => {
  it("knows a token of HTTP (RFC 9110 §5.6.2)", () => {
    for (const name of ["chat", "chat.v2", "x!#$%&'*+-.^_`|~9"]) expect(isSubprotocol(name)).to.equal(true);
    for (const name of ["", "a b", "a,b", "a/b", "é", "a\r\nX: y", "chat\n", '"a"', 1, undefined]) {
      expect(isSubprotocol(name), String(name)).to.equal(false);
    }
  });
});

describe("subprotocols", () => {
  const network = useNetwork();

  async function answerTo(offer: string, protocols: string[] = ["v2", "v1"]) {
    const { port } = await network.serveView(() => {}, { protocols });
    const raw = await network.dial(port);
    raw.write(handshakeText("/", { "Sec-WebSocket-Protocol": offer }));
    return readResponse(raw);
  }

  it("takes the view's best that the peer offers, not the peer's", async () => {
    expect((await answerTo("v1, v2")).headers["sec-websocket-protocol"]).to.equal("v2");
    expect((await answerTo("v0,v1")).headers["sec-websocket-protocol"]).to.equal("v1");
  });

  it("goes on without where none is common, or the view speaks none", async () => {
    for (const response of [await answerTo("v0"), await answerTo("V1"), await answerTo("v1", [])]) {
      expect(response.status).to.equal(101);
      expect(response.headers).not.to.have.property("sec-websocket-protocol");
    }
  });

  it("refuses a malformed or repeated offer with 400", async () => {
    for (const offer of ["", ",", "v1,", "v1,,v2", "v 1", "v1, v1", "v1;q=1"]) {
      expect((await answerTo(offer)).status, offer).to.equal(400);
    }
  });

  it("reads an offer that is spread over several headers as one list", async () => {
    const { port } = await network.serveView(() => {}, { protocols: ["v2"] });
    const raw = await network.dial(port);
    const twice = { "Sec-WebSocket-Protocol": "v1\r\nSec-WebSocket-Protocol: v2" };
    raw.write(handshakeText("/", twice));
    expect((await readResponse(raw)).headers["sec-websocket-protocol"]).to.equal("v2");
  });

  it("tells both sides which one was agreed on", async () => {
    const { wsUrl } = await network.serveView((ws) => ws.send(ws.protocol), { protocols: ["v2", "v1"] });
    const client = await network.connect(wsUrl, { protocols: ["v1"] });
    expect(client.protocol).to.equal("v1");
    expect(await client.recv()).to.equal("v1");
  });

  it("leaves it to the peer to go where none is common: ws does", async () => {
    const { wsUrl } = await network.serveView(() => {});
    expect(await rejection(network.open(wsUrl, { protocols: ["v1"] }))).to.be.an.instanceOf(Error);
  });

  it("is empty where the peer asks for none", async () => {
    const { ws } = await network.pair({ protocols: ["v1"] });
    expect(ws.protocol).to.equal("");
  });
});
