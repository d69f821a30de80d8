import { describeEcho } from "../support/describe-echo.ts";
import { closed, text } from "../support/echo-peer.ts";
import { fragments, frame, TEXT } from "../support/raw-frames.ts";
import { INVALID_UTF8, VALID_UTF8 } from "../support/utf8-samples.ts";

const [BEFORE, AFTER] = [Buffer.from("καλή "), Buffer.from(" μέρα")];

describeEcho("UTF-8 (RFC 6455 §5.6 and §8.1)", (open) => {
  for (const { title, bytes } of VALID_UTF8) {
    it(`sends back ${title}, whole, in fragments and in chops that cut characters in two`, async () => {
      const peer = await open();
      for (const payload of [bytes, Buffer.concat([BEFORE, bytes, AFTER])]) {
        peer.send(frame(TEXT, payload), ...fragments(TEXT, payload, 1));
        await peer.expect(text(payload), text(payload));
        await Promise.all([peer.sendChopped(1, frame(TEXT, payload)), peer.expect(text(payload))]);
      }
    });
  }

  for (const { title, bytes } of INVALID_UTF8) {
    it(`fails with 1007 on ${title}, whole, in fragments and in chops`, async () => {
      const within = Buffer.concat([BEFORE, bytes, AFTER]);
      const ways = [
        [frame(TEXT, bytes)],
        [frame(TEXT, within)],
        fragments(TEXT, bytes, 1),
        fragments(TEXT, within, 2),
        [frame(TEXT, "good"), frame(TEXT, Buffer.concat([BEFORE, bytes]))],
      ];
      for (const [index, frames] of ways.entries()) {
        const [whole, chopped] = await Promise.all([open(), open()]);
        const replies = index === ways.length - 1 ? [text("good"), closed(1007)] : [closed(1007)];
        whole.send(...frames);
        await Promise.all([
          whole.expect(...replies),
          chopped.sendChopped(1, ...frames),
          chopped.expect(...replies),
        ]);
      }
    });
  }
});
