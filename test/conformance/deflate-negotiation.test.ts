import { expect } from "chai";
import type { ViewOptions } from "../../middleware/websocket.ts";
import { ask } from "../support/ask.ts";
import { openCompressed } from "../support/compressed-peer.ts";
import { text } from "../support/echo-peer.ts";
import { TEXT } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

const BITS = [8, 9, 10, 11, 12, 13, 14, 15];
const PLAIN = "permessage-deflate";

/** What the server answers to an offer: the parameters of the one that it takes. */
const ACCEPTED: readonly { readonly offer: string; readonly answer: string }[] = [
  { offer: PLAIN, answer: PLAIN },
  { offer: `${PLAIN}; client_max_window_bits`, answer: PLAIN },
  ...["server_no_context_takeover", "client_no_context_takeover"].map((parameter) => same(parameter)),
  ...BITS.map((bits) => same(`server_max_window_bits=${bits}`)),
  ...BITS.map((bits) => same(`client_max_window_bits=${bits}`)),
  same("server_no_context_takeover; client_no_context_takeover"),
  same("server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=12"),
  { offer: `${PLAIN}; server_max_window_bits="10"`, answer: `${PLAIN}; server_max_window_bits=10` },
  { offer: `${PLAIN} ;\tclient_no_context_takeover`, answer: `${PLAIN}; client_no_context_takeover` },
  { offer: `x-unknown; spam=1, ${PLAIN}`, answer: PLAIN },
  { offer: `${PLAIN}; server_max_window_bits=10, ${PLAIN}`, answer: `${PLAIN}; server_max_window_bits=10` },
  { offer: `${PLAIN}; spam, ${PLAIN}; client_max_window_bits`, answer: PLAIN },
  { offer: `${PLAIN}; server_max_window_bits=7, ${PLAIN}`, answer: PLAIN },
  { offer: `${PLAIN}; spam\r\nSec-WebSocket-Extensions: ${PLAIN}`, answer: PLAIN },
];

/** Offers that have to be declined (RFC 7692 §7.1), each by itself. */
const DECLINED = [
  `${PLAIN}; spam`,
  `${PLAIN}; spam=1`,
  `${PLAIN}; server_no_context_takeover; server_no_context_takeover`,
  `${PLAIN}; client_max_window_bits; client_max_window_bits=10`,
  `${PLAIN}; server_max_window_bits=10; server_max_window_bits=10`,
  `${PLAIN}; server_no_context_takeover=true`,
  `${PLAIN}; client_no_context_takeover=1`,
  `${PLAIN}; server_max_window_bits`,
  ...["0", "7", "16", "08", "+9", "1e1", "0xA", "spam"].flatMap((value) => [
    `${PLAIN}; server_max_window_bits=${value}`,
    `${PLAIN}; client_max_window_bits=${value}`,
  ]),
  "x-webkit-deflate-frame",
  "x-unknown",
];

describe("the negotiation of permessage-deflate (RFC 7692 §5 and §7.1)", () => {
  const network = useNetwork();

  async function answerTo(offer: string, options: ViewOptions): Promise<string | undefined> {
    const { port } = await network.serveView((ws) => ws.closed, options);
    const { status, headers } = await ask(network, port, "/", { "Sec-WebSocket-Extensions": offer });
    expect(status, offer).to.equal(101);
    return headers["sec-websocket-extensions"];
  }

  for (const { offer, answer } of ACCEPTED) {
    it(`answers ${JSON.stringify(offer)} with ${answer}, and keeps to it`, async () => {
      const peer = await openCompressed(network, offer);
      expect(parametersOf(peer.agreed)).to.deep.equal(parametersOf(answer));
      for (const message of ["a", "b", "a"].map((letter) => `${letter}${"0123456789".repeat(500)}`)) {
        peer.send(...peer.compressed(TEXT, message));
        await peer.expect(text(message));
      }
    });
  }

  for (const offer of DECLINED) {
    it(`declines ${offer}, and opens the connection without`, async () => {
      expect(await answerTo(offer, { compression: true })).to.equal(undefined);
    });
  }

  it("asks for what the view's options want, where the offer allows it (RFC 7692 §7.1)", async () => {
    const compression = {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      clientMaxWindowBits: 10,
    };
    const answer = await answerTo(`${PLAIN}; client_max_window_bits`, { compression });
    expect(parametersOf(answer ?? "")).to.deep.equal([
      "client_max_window_bits=10",
      "client_no_context_takeover",
      PLAIN,
      "server_no_context_takeover",
    ]);
  });

  it("sets no client_max_window_bits for a client that did not offer it (RFC 7692 §7.1.2.2)", async () => {
    expect(await answerTo(PLAIN, { compression: { clientMaxWindowBits: 10 } })).to.equal(undefined);
  });

  it("answers no offer where compression is off", async () => {
    for (const offer of [PLAIN, ...DECLINED]) expect(await answerTo(offer, {})).to.equal(undefined);
  });
});

function same(parameters: string): { offer: string; answer: string } {
  return { offer: `${PLAIN}; ${parameters}`, answer: `${PLAIN}; ${parameters}` };
}

/** The order of parameters means nothing. */
function parametersOf(header: string): string[] {
  return header.split("; ").sort();
}
