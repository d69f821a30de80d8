import fc from "fast-check";
import { readAnswer } from "../answer.ts";
import { bytes, bytesOf, GOODBYE, spoken } from "../conversation.ts";
import { property } from "../property.ts";
import { readFrames } from "../server-frames.ts";
import { handshake } from "../shake.ts";

/** One change of a stream of bytes. */
const mutation = fc.record({
  /** Where, as a share of all bytes. */
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  /** How many bytes are taken out, */
  without: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(50)),
  /** and what is put there instead. */
  instead: bytes(8),
});

const input = fc.record({
  path: fc.constantFrom("/echo", "/deflate", "/later", "/limits", "/deaf", "/both"),
  messages: fc.array(spoken, { minLength: 1, maxLength: 4 }),
  mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
  isHandshakeSafe: fc.boolean(),
});

/** However bytes were changed, what the server says is well-formed, and the connection ends with its client. */
export const mutations = property(
  "mutations",
  15_000,
  input,
  async ({ path, messages, mutations, isHandshakeSafe }, wire) => {
    const deflate = path === "/deflate";
    const opening = handshake(path);
    const frames = Buffer.concat([bytesOf(messages, deflate), GOODBYE]);
    wire.write(
      isHandshakeSafe
        ? Buffer.concat([opening, mutate(frames, mutations)])
        : mutate(Buffer.concat([opening, frames]), mutations),
    );
    wire.socket.end();
    const answer = await wire.take((received) => readAnswer(received));
    const rest = await wire.rest();
    const agreed = answer?.headers.get("sec-websocket-extensions") ?? "";
    // A changed offer may have messages depend on the ones before, which is more than is inflated here.
    const isReadable = agreed === "" || agreed.includes("server_no_context_takeover");
    if (answer?.status === 101 && isReadable) readFrames(rest, agreed !== "");
  },
);

function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  let mutated = bytes;
  for (const { at, without, instead } of mutations) {
    const place = Math.floor(at * mutated.length);
    mutated = Buffer.concat([mutated.subarray(0, place), instead, mutated.subarray(place + without)]);
  }
  return mutated;
}

interface Mutation {
  readonly at: number;
  readonly without: number;
  readonly instead: Buffer;
}
