import { expect } from "chai";
import fc from "fast-check";
import { handshakeText, requestText } from "../../support/raw-http.ts";
import { readAnswer } from "../answer.ts";
import { brief, bytesOf, GOODBYE } from "../conversation.ts";
import { property } from "../property.ts";
import { readFrames } from "../server-frames.ts";

/** A request that is no upgrade to a WebSocket. */
interface Plain {
  readonly path: "/plain" | "/slow" | "/body";
  readonly isH2c: boolean;
  /** How long its body is, where it has one. */
  readonly size: number;
}

const H2C = {
  Connection: "Upgrade, HTTP2-Settings",
  Upgrade: "h2c",
  "HTTP2-Settings": "AAMAAABkAAQAoAAAAAIAAAAA",
};

const plain: fc.Arbitrary<Plain> = fc.record({
  path: fc.constantFrom("/plain", "/slow", "/body"),
  isH2c: fc.boolean(),
  size: fc.constantFrom(1, 5, 70_000),
});

/** The text of the request, and the body of its answer. */
function ask({ path, isH2c, size }: Plain, n: number): { readonly text: string; readonly body: string } {
  const headers = isH2c ? H2C : {};
  if (path !== "/body")
    return { text: requestText(path, headers, `GET ${path}?n=${n} HTTP/1.1`), body: `${path.slice(1)} ${n}` };
  const body = "x".repeat(size);
  const length = { "Content-Type": "text/plain", "Content-Length": String(size) };
  return {
    text: requestText(path, { ...headers, ...length }, `POST ${path}?n=${n} HTTP/1.1`) + body,
    body: `body ${n} ${body}`,
  };
}

/** What is behind an upgrade, or a request to refuse one. */
const upgrade = fc.record({
  path: fc.constantFrom("/echo", "/later", "/limits", "/both"),
  early: fc.array(brief, { maxLength: 3 }),
});
const refused = fc.constantFrom(
  { text: handshakeText("/nowhere"), status: 404 },
  { text: handshakeText("/plain", { Origin: "http://evil.example" }), status: 200 },
  { text: handshakeText("/echo", { Origin: "http://evil.example" }), status: 403 },
  { text: handshakeText("/later", { "Sec-WebSocket-Version": "8" }), status: 426 },
  { text: handshakeText("/later", { "Sec-WebSocket-Key": "x" }), status: 400 },
);

/** What a client should not send behind an upgrade: it is no frame, or not read any more. */
const trailer = fc.constantFrom("", handshakeText("/echo"), requestText("/plain"), "\r\n\r\n");

const input = fc.record({
  before: fc.array(plain, { maxLength: 6 }),
  last: fc.oneof(upgrade, refused),
  trailer,
});

/** Requests that come in one segment are answered in their order, up to an upgrade; what comes behind that are frames. */
export const pipelining = property("pipelining", 10_000, input, async ({ before, last, trailer }, wire) => {
  const requests = before.map(ask);
  const texts = requests.map(({ text }) => text).join("");
  const isUpgrade = "path" in last;
  const shown = isUpgrade
    ? [Buffer.from(handshakeText(last.path)), bytesOf(last.early, false)]
    : [Buffer.from(last.text)];
  wire.write(Buffer.from(texts), ...shown, Buffer.from(trailer));
  if (isUpgrade && trailer === "") wire.write(GOODBYE);
  for (const { body } of requests) {
    const answer = await wire.take((received) => readAnswer(received));
    expect(answer).to.include({ status: 200, body });
  }
  const answer = await wire.take((received) => readAnswer(received));
  expect(answer?.status).to.equal(isUpgrade ? 101 : last.status);
  const rest = await wire.rest();
  if (isUpgrade) checkFrames(rest, last.early, trailer);
  else expect(rest.length).to.equal(0);
});

/** What the server says last is for the letters of HTTP, which are no frame; what it echoed before is in order. */
function checkFrames(rest: Buffer, early: readonly { content: string | Buffer }[], trailer: string): void {
  const { messages, close, isCut } = readFrames(rest);
  expect(isCut).to.equal(false);
  expect(close?.code).to.equal(trailer === "" ? 1000 : 1002);
  expect(messages).to.deep.equal(early.map(({ content }) => content).slice(0, messages.length));
}
