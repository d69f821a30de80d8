import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { BINARY, CLOSE, CONTINUATION, PING, TEXT } from "../support/raw-frames.ts";
import { type ClientFrame, encode, FIN, RSV1 } from "./client-frame.ts";

/** One message of a client, and how it goes over the wire. */
export interface Spoken {
  readonly content: string | Buffer;
  /** Whether it is compressed, where that was agreed on. */
  readonly compress: boolean;
  /** Where it is cut into fragments, each a share of its length. */
  readonly cuts: readonly number[];
  /** The payload of a ping behind each fragment; undefined: none. */
  readonly pings: readonly (Buffer | undefined)[];
  readonly mask: number;
}

/** Around every length where the header of a frame changes (RFC 6455 §5.2), and of a character of one byte to four. */
const boundaryText = fc
  .tuple(fc.constantFrom(0, 1, 124, 125, 126, 127, 65_535, 65_536), fc.constantFrom("x", "é", "卵", "🍳"))
  .map(([length, character]) => {
    const size = Buffer.byteLength(character);
    return character.repeat(length / size) + "x".repeat(length % size);
  });

const text = fc.string({ unit: "binary", maxLength: 200 });

/** Bytes of any kind. */
export const bytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength, size: "max" }).map((array) => Buffer.from(array));

/** A key of any kind, as RFC 6455 §5.3 wants it: not to be foreseen. */
export const mask = fc.nat(0xffff_ffff);

/** What a ping says here: something, so that its pong is told from one that the server sends of its own accord. */
const ping = fc.uint8Array({ minLength: 1, maxLength: 125 }).map((array) => Buffer.from(array));

function spokenOf(content: fc.Arbitrary<string | Buffer>): fc.Arbitrary<Spoken> {
  return fc.record({
    content,
    compress: fc.boolean(),
    cuts: fc.oneof(fc.constant([]), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 })),
    pings: fc.array(fc.option(ping, { nil: undefined }), { maxLength: 3 }),
    mask,
  });
}

/** A message that every view receives, however it may be fragmented, masked and interrupted by pings. */
export const brief: fc.Arbitrary<Spoken> = spokenOf(fc.oneof(text, bytes(200)));

/** The same, of any length. */
export const spoken: fc.Arbitrary<Spoken> = fc.oneof(
  { weight: 40, arbitrary: brief },
  { weight: 1, arbitrary: spokenOf(boundaryText) },
);

/** The frames of a message. */
function framesOf({ content, compress, cuts, pings, mask }: Spoken, deflate: boolean): ClientFrame[] {
  const plain = Buffer.from(content);
  const isCompressed = deflate && compress;
  const payload = isCompressed ? compressed(plain) : plain;
  const ends = [...cuts.map((cut) => Math.floor(cut * payload.length)).sort((a, b) => a - b), payload.length];
  return ends.flatMap((end, index) => {
    const opcode = index > 0 ? CONTINUATION : typeof content === "string" ? TEXT : BINARY;
    const flags = (index === ends.length - 1 ? FIN : 0) | (index === 0 && isCompressed ? RSV1 : 0);
    const fragment = { first: flags | opcode, mask, payload: payload.subarray(ends[index - 1] ?? 0, end) };
    const ping = pings[index];
    return ping ? [fragment, { first: FIN | PING, mask, payload: ping }] : [fragment];
  });
}

/** The payloads of the pings that come with a message, in hex. */
export function pingsOf({ cuts, pings }: Spoken): string[] {
  return pings.slice(0, cuts.length + 1).flatMap((ping) => (ping ? [ping.toString("hex")] : []));
}

/** The bytes of messages, one behind the other. */
export function bytesOf(messages: readonly Spoken[], deflate: boolean): Buffer {
  return Buffer.concat(messages.flatMap((message) => framesOf(message, deflate).map(encode)));
}

/** A close frame with 1000. */
export const GOODBYE = encode({ first: FIN | CLOSE, mask: 0x37fa213d, payload: Buffer.from([0x03, 0xe8]) });

/** Without the empty block at its end (RFC 7692 §7.2.1). */
function compressed(data: Buffer): Buffer {
  // A last block, unlike a flush, needs an empty one behind it to look unfinished (RFC 7692 §7.2.3.4).
  return Buffer.concat([deflateRawSync(data), Buffer.alloc(1)]);
}
