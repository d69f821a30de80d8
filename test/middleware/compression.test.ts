import { randomBytes } from "node:crypto";
import { expect } from "chai";
import type { ViewOptions } from "../../middleware/websocket.ts";
import { handshakeText, type RawResponse, readResponse } from "../support/raw-http.ts";
import { useNetwork } from "../support/use-network.ts";

const OFFER = "permessage-deflate; client_max_window_bits";

describe("compression", () => {
  const network = useNetwork();

  async function answerTo(offer: string, options: ViewOptions = { compression: true }): Promise<RawResponse> {
    const { port } = await network.serveView((ws) => ws.closed, options);
    const raw = await network.dial(port);
    raw.write(handshakeText("/", { "Sec-WebSocket-Extensions": offer }));
    return readResponse(raw);
  }

  async function extensionsFor(offer: string, options?: ViewOptions): Promise<string | undefined> {
    return (await answerTo(offer, options)).headers["sec-websocket-extensions"];
  }

  it("is agreed on where both sides want it, with the options of the view", async () => {
    expect(await extensionsFor(OFFER)).to.equal("permessage-deflate");
    expect(await extensionsFor(`x-other, ${OFFER}`)).to.equal("permessage-deflate");
    const compression = { serverNoContextTakeover: true, serverMaxWindowBits: 10 };
    expect(await extensionsFor(OFFER, { compression })).to.contain("server_no_context_takeover");
  });

  it("is off where the view does not ask for it, or the peer does not offer it", async () => {
    expect(await extensionsFor(OFFER, {})).to.equal(undefined);
    expect(await extensionsFor(OFFER, { compression: false })).to.equal(undefined);
    expect(await extensionsFor("x-other")).to.equal(undefined);
  });

  it("refuses a malformed offer with 400, and ignores it where it is off", async () => {
    for (const offer of ["", "permessage-deflate; =", 'permessage-deflate; a="b']) {
      expect((await answerTo(offer)).status, offer).to.equal(400);
      expect((await answerTo(offer, {})).status, offer).to.equal(101);
    }
  });

  it("is declined, and the connection opened without, where an offer cannot be met (RFC 7692 §7)", async () => {
    for (const parameter of ["client_max_window_bits=7", "server_max_window_bits=16", "spam"]) {
      const { status, headers } = await answerTo(`permessage-deflate; ${parameter}`);
      expect({ status, extensions: headers["sec-websocket-extensions"] }, parameter).to.deep.equal({
        status: 101,
        extensions: undefined,
      });
    }
  });

  it("is agreed on by the first offer that can be met, whatever is wrong with those before it (RFC 7692 §5)", async () => {
    for (const parameter of ["spam", "server_max_window_bits=08", "client_max_window_bits=0x9"]) {
      const offer = `permessage-deflate; ${parameter}, permessage-deflate; server_no_context_takeover, permessage-deflate`;
      expect(await extensionsFor(offer), parameter).to.equal(
        "permessage-deflate; server_no_context_takeover",
      );
    }
  });

  it("carries messages of all sizes both ways, in order", async () => {
    const sizes = [0, 1, 125, 126, 1024, 65535, 65536, 300_000, 2, 1024 * 1024, 0, 3];
    const messages = sizes.map((size) => (size > 500_000 || size % 2 ? "x".repeat(size) : randomBytes(size)));
    const { wsUrl } = await network.serveView(
      async (ws) => {
        for await (const message of ws) ws.send(message);
      },
      { compression: { threshold: 0 } },
    );
    const client = await network.open(wsUrl, { perMessageDeflate: { threshold: 0 } });
    expect(client.ws.extensions).to.equal("permessage-deflate");
    for (const message of messages) client.ws.send(message);
    expect(same(await client.take(messages.length), messages)).to.equal(true);
  });

  it("keeps the order of text, binary, broadcast and raw sends of one turn", async () => {
    const { ws, peer } = await network.pair({ compression: true }, { perMessageDeflate: true });
    const large = "x".repeat(100_000);
    ws.send(large);
    ws.raw.send("raw");
    ws.send(Buffer.from("binary"));
    ws.send("small");
    expect(await peer.take(4)).to.deep.equal([large, "raw", Buffer.from("binary"), "small"]);
  });

  it("closes with 1009 on a message that is too large only once it is inflated", async () => {
    const options = { compression: true, maxPayload: 10_000 };
    const { ws, peer } = await network.pair(options, { perMessageDeflate: { threshold: 0 } });
    peer.ws.send("x".repeat(10_001));
    expect(await ws.closed).to.deep.equal({ code: 1009, reason: "" });
    expect((await peer.closed).code).to.equal(1009);
  });

  it("sends what was sent before a close", async () => {
    const { ws, peer } = await network.pair({ compression: true }, { perMessageDeflate: true });
    const large = "x".repeat(200_000);
    ws.send(large);
    ws.send("last");
    await ws.close(4000, "bye");
    expect(await peer.take(2)).to.deep.equal([large, "last"]);
    expect(await peer.closed).to.deep.equal({ code: 4000, reason: "bye" });
  });
});

function same(some: readonly (string | Buffer)[], others: readonly (string | Buffer)[]): boolean {
  return some.every((message, index) => {
    const other = others[index];
    return Buffer.isBuffer(message) && Buffer.isBuffer(other) ? message.equals(other) : message === other;
  });
}
