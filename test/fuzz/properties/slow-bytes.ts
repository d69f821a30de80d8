import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import fc from "fast-check";
import { readAnswer } from "../answer.ts";
import { bytesOf, GOODBYE, pingsOf, spoken } from "../conversation.ts";
import { property } from "../property.ts";
import { readFrames } from "../server-frames.ts";
import { handshake } from "../shake.ts";

const input = fc.record({
  path: fc.constantFrom("/echo", "/deflate", "/later", "/both"),
  messages: fc.array(spoken, { maxLength: 4 }),
  /** Where the bytes are cut, each a share of all; the header is most of them. */
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
  /** Whether each byte of the end comes alone. */
  isDribbled: fc.boolean(),
});

const DRIBBLE = 30;

/** Wherever the bytes of a handshake and its frames are cut, what comes back is the same as for one piece. */
export const slowBytes = property(
  "slow bytes",
  8_000,
  input,
  async ({ path, messages, cuts, isDribbled }, wire) => {
    const deflate = path === "/deflate";
    const bytes = Buffer.concat([handshake(path), bytesOf(messages, deflate)]);
    for (const segment of segments(bytes, cuts, isDribbled)) {
      wire.write(segment);
      await nextTurn();
    }
    const answer = await wire.take((received) => readAnswer(received));
    expect(answer?.status).to.equal(101);
    // Not before the echo is back: a close ends the handler, which may have messages left to read.
    const said = await wire.take((received) => {
      const { messages: echoes, pongs, ...rest } = readFrames(received, deflate);
      const isDone = echoes.length === messages.length && pongs.length === messages.flatMap(pingsOf).length;
      return isDone ? { value: { echoes, pongs, ...rest }, length: received.length } : undefined;
    });
    expect(said).to.deep.equal({
      echoes: messages.map(({ content }) => content),
      pongs: messages.flatMap(pingsOf),
      close: undefined,
      isCut: false,
    });
    wire.write(GOODBYE);
    expect(readFrames(await wire.rest())).to.deep.include({
      messages: [],
      close: { code: 1000, reason: "" },
    });
  },
);

function segments(bytes: Buffer, cuts: readonly number[], isDribbled: boolean): Buffer[] {
  const places = cuts.map((cut) => Math.floor(cut * bytes.length));
  if (isDribbled) for (let i = 1; i <= DRIBBLE; i++) places.push(Math.max(0, bytes.length - i));
  const ends = [...places.sort((a, b) => a - b), bytes.length];
  return ends
    .map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
    .filter(({ length }) => length > 0);
}
