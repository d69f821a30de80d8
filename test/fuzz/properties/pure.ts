import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { Writable } from "node:stream";
import { expect } from "chai";
import fc from "fast-check";
import { Receiver } from "ws";
import { cutReason } from "../../../middleware/close-frame.ts";
import { HandshakeError } from "../../../middleware/errors.ts";
import { encodeFrame, frameSize } from "../../../middleware/frame.ts";
import { checkOrigin } from "../../../middleware/origin.ts";
import { negotiateProtocol } from "../../../middleware/subprotocol.ts";
import { bytes } from "../conversation.ts";
import { pureProperty } from "../property.ts";

declare module "ws" {
  /** The parser of frames. */
  class Receiver extends Writable {
    constructor(options: { isServer: boolean; allowSynchronousEvents: boolean });
  }
}

function requestWith(headers: Record<string, string>): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  Object.assign(req.headers, headers);
  return req;
}

const name = fc.string({ unit: fc.constantFrom("a", "B", "1", ".", "~"), minLength: 1, maxLength: 2 });

/** What is chosen is spoken and offered, and nothing that is better to the view is offered too. */
export const subprotocols = pureProperty(
  "subprotocols",
  10_000,
  fc.record({
    offered: fc.uniqueArray(name, { minLength: 1 }),
    spoken: fc.array(name),
    gap: fc.constantFrom(",", ", ", " ,\t"),
  }),
  ({ offered, spoken, gap }) => {
    const req = requestWith({ "sec-websocket-protocol": offered.join(gap) });
    const common = spoken.filter((one) => offered.includes(one));
    expect(negotiateProtocol(req, spoken)).to.equal(common[0] ?? "");
  },
);

/** What is no list of tokens is refused, and never chosen from. */
export const badSubprotocols = pureProperty(
  "bad subprotocols",
  10_000,
  fc.tuple(
    fc.array(name),
    fc.string({ unit: fc.constantFrom("\r", "\n", "\0", "é", "/", '"', "(", " a", "@"), minLength: 1 }),
  ),
  ([names, bad]) => {
    const req = requestWith({ "sec-websocket-protocol": [...names, `x${bad}x`].join() });
    expect(() => negotiateProtocol(req, ["x", ...names])).to.throw(HandshakeError);
  },
);

/** What the library frames, the parser of `ws` reads as the same message. */
export const framing = pureProperty(
  "framing",
  10_000,
  fc.oneof(
    { weight: 40, arbitrary: fc.string({ unit: "binary", maxLength: 300, size: "max" }) },
    { weight: 40, arbitrary: bytes(300) },
    { weight: 1, arbitrary: fc.constantFrom(65_535, 65_536, 65_537).map((size) => Buffer.alloc(size, 1)) },
  ),
  (message) => {
    const frame = encodeFrame(message);
    expect(frame.length).to.equal(frameSize(Buffer.byteLength(message)));
    const messages: unknown[] = [];
    const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
    receiver.on("message", (data: Buffer, isBinary: boolean) => {
      messages.push(isBinary ? data : data.toString());
    });
    receiver.write(frame);
    expect(messages).to.deep.equal([message]);
  },
);

/** A reason that was cut fits a close frame, is the beginning of what it was, and has no half of a character at its end. */
export const reasons = pureProperty(
  "reasons",
  10_000,
  fc.string({ unit: "binary", maxLength: 200, size: "max" }),
  (reason) => {
    const cut = cutReason(reason);
    expect(reason.startsWith(cut)).to.equal(true);
    expect(Buffer.from(cut).toString()).to.equal(cut);
    const [next = ""] = reason.slice(cut.length);
    expect(Buffer.byteLength(cut)).to.be.within(
      Math.min(Buffer.byteLength(reason), 124 - Buffer.byteLength(next)),
      123,
    );
  },
);

const host = fc.tuple(
  fc.constantFrom("example.com", "EXAMPLE.com", "evil.example", "127.0.0.1"),
  fc.constantFrom("", ":80", ":443", ":8000"),
);
const tail = fc.constantFrom("", "", "/", "/path", ".evil.example", "@evil.example", "#", "\\@evil.example");
const scheme = fc.constantFrom("http", "https", "ws", "ftp", "HTTP");

/** An origin is let in just where its host and port are those that the request came to, with a scheme of the web. */
export const origins = pureProperty(
  "origins",
  10_000,
  fc.record({ scheme, from: host, tail, to: host }),
  ({ scheme, from, tail, to }) => {
    const isWeb = /^https?$/i.test(scheme);
    // What is before an @ is the name of a user.
    const [name, port] = tail.startsWith("@") ? [tail.slice(1), ""] : from;
    const isName = /^(|[@/\\#].*)$/.test(tail);
    const isSame = isWeb && isName && authority(scheme, [name, port]) === authority(scheme, to);
    const req = requestWith({ origin: `${scheme}://${from.join("")}${tail}`, host: to.join("") });
    const check = (): void => checkOrigin(req, "same-origin");
    if (isSame) expect(check).not.to.throw();
    else expect(check).to.throw(HandshakeError);
  },
);

function authority(scheme: string, [name, port]: readonly [string, string]): string {
  const usual = scheme.toLowerCase() === "https" ? ":443" : ":80";
  return name.toLowerCase() + (port === "" ? usual : port);
}
