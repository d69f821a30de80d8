import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import fc from "fast-check";
import { readAnswer } from "../answer.ts";
import { bytesOf, GOODBYE, spoken } from "../conversation.ts";
import { property } from "../property.ts";
import { readFrames } from "../server-frames.ts";
import { handshake, takeOpening } from "../shake.ts";
import type { Target } from "../target.ts";
import type { Wire } from "../wire.ts";

/** How far a connection has come when it is ended. */
type Moment = "in the header" | "before the 101" | "open" | "in a frame" | "in a send" | "closing";

type Ending = "reset" | "fin" | "destroy" | "close frame" | "server closes" | "server terminates";

interface Closing {
  readonly path: string;
  readonly moment: Moment;
  readonly ending: Ending;
  /** How much of a header, or of the frames, is sent. */
  readonly share: number;
  /** How many turns of the event loop pass before the end. */
  readonly turns: number;
  readonly frames: Buffer;
}

const input: fc.Arbitrary<Closing> = fc.record({
  path: fc.constantFrom(
    "/echo",
    "/deflate",
    "/later",
    "/limits",
    "/deaf",
    "/closes",
    "/throws",
    "/both",
    "/held",
  ),
  moment: fc.constantFrom<Moment>(
    "in the header",
    "before the 101",
    "open",
    "in a frame",
    "in a send",
    "closing",
  ),
  ending: fc.constantFrom<Ending>(
    "reset",
    "fin",
    "destroy",
    "close frame",
    "server closes",
    "server terminates",
  ),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  turns: fc.nat(4),
  frames: fc.array(spoken, { minLength: 1, maxLength: 3 }).map((messages) => bytesOf(messages, false)),
});

/** More than the sockets between here and there hold: the server waits in its send. */
const UNREAD = 16 * 1024;

let lastKey = 0;

/** Whenever and however a connection is ended, what it said until then is well-formed, and the server forgets it. */
export const closes = property("closes", 16_000, input, async (closing, wire, target) => {
  lastKey += 1;
  const key = `k${lastKey}`;
  const isOpen = await reach(closing, wire, pathOf(closing, key));
  for (let turn = 0; turn < closing.turns; turn++) await nextTurn();
  if (isServers(closing)) await endByServer(closing, isOpen, wire, target, key);
  else endByClient(closing, wire);
  // Whoever has not gone by now goes: half a header, and a handler that waits, would wait for ever.
  wire.socket.resume().end();
  const rest = await wire.rest();
  if (isOpen) readFrames(rest, closing.path === "/deflate");
  else checkAnswer(rest);
});

function isServers({ ending }: Closing): boolean {
  return ending === "server closes" || ending === "server terminates";
}

/** The server knows by name only which connections are held; it is in a send only where it has something to say. */
function pathOf(closing: Closing, key: string): string {
  if (isServers(closing)) return `/held/${key}`;
  if (closing.moment === "in a send") return "/pushes";
  return closing.path === "/held" ? `/held/${key}` : closing.path;
}

/** Brings a connection to its moment; gives whether its 101 was read. */
async function reach({ moment, share, frames }: Closing, wire: Wire, path: string): Promise<boolean> {
  const opening = handshake(path);
  if (moment === "in the header") {
    wire.write(opening.subarray(0, Math.floor(share * opening.length)));
    return false;
  }
  wire.write(opening);
  if (moment === "before the 101") return false;
  await takeOpening(wire);
  const cut = Math.ceil(share * frames.length);
  if (moment === "in a frame") wire.write(frames.subarray(0, cut));
  if (moment === "closing") wire.write(frames, GOODBYE);
  if (moment === "in a send") {
    if (path === "/pushes")
      await wire.take((received) => (received.length > UNREAD ? { value: true, length: 0 } : undefined));
    wire.socket.pause();
  }
  return true;
}

function endByClient({ ending }: Closing, { socket }: Wire): void {
  if (ending === "reset") socket.resetAndDestroy();
  else if (ending === "destroy") socket.destroy();
  else if (ending === "close frame") socket.write(GOODBYE);
  else socket.end();
}

async function endByServer(
  { ending, moment }: Closing,
  isOpen: boolean,
  wire: Wire,
  target: Target,
  key: string,
): Promise<void> {
  target.end(key, ending === "server closes" ? "close" : "terminate");
  // Before, it may not know the key yet; later, the client's own close may come first.
  if (!isOpen || moment === "closing") return;
  wire.socket.resume();
  if (ending === "server terminates") {
    await wire.rest();
    return;
  }
  const code = await wire.take((received) => {
    const { close } = readFrames(received);
    return close ? { value: close.code, length: received.length } : undefined;
  });
  expect(code).to.equal(1001);
  wire.write(GOODBYE);
}

function checkAnswer(received: Buffer): void {
  const answer = readAnswer(received);
  if (answer?.value.status === 101) readFrames(received.subarray(answer.length), true);
}
