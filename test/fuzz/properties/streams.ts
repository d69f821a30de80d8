import { expect } from "chai";
import fc from "fast-check";
import { bytesOf, GOODBYE, pingsOf, type Spoken, spoken } from "../conversation.ts";
import { property } from "../property.ts";
import { readFrames, type Said } from "../server-frames.ts";
import { shake } from "../shake.ts";
import type { Wire } from "../wire.ts";

const input = fc.record({
  path: fc.constantFrom("/echo", "/deflate", "/later", "/both"),
  messages: fc.array(spoken, { maxLength: 15, size: "max" }),
});

/** Messages of any kind, in whatever frames, come back as they were sent, in order. */
export const streams = property("streams", 8_000, input, async ({ path, messages }, wire) => {
  const deflate = path === "/deflate";
  await shake(wire, path);
  wire.write(bytesOf(messages, deflate));
  const said = await takeEchoes(wire, messages, deflate);
  expect(said?.messages).to.deep.equal(messages.map(({ content }) => content));
  expect(said?.pongs).to.deep.equal(messages.flatMap(pingsOf));
  wire.write(GOODBYE);
  expect(readFrames(await wire.rest())).to.deep.include({ messages: [], close: { code: 1000, reason: "" } });
});

/** Takes what is said until so many messages and pongs are there; undefined if the connection ends before. */
function takeEchoes(wire: Wire, messages: readonly Spoken[], deflate: boolean): Promise<Said | undefined> {
  const pongs = messages.flatMap(pingsOf).length;
  return wire.take((received) => {
    const said = readFrames(received, deflate);
    const isDone = said.messages.length >= messages.length && said.pongs.length >= pongs;
    return isDone || said.close ? { value: said, length: received.length } : undefined;
  });
}
