import { expect } from "chai";
import { type Answer, isLast, readAnswer } from "../answer.ts";
import { PROTOCOLS } from "../app.ts";
import { GOODBYE } from "../conversation.ts";
import { type HandshakeInput, handshakeInput, INJECTED, isWhole, requestBytes } from "../handshake-input.ts";
import { judge, type Verdict } from "../handshake-oracle.ts";
import { property } from "../property.ts";
import { readFrames } from "../server-frames.ts";
import type { Wire } from "../wire.ts";

const PROBE = Buffer.from("GET /plain?n=probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

/** Whatever a handshake looks like, it is answered in HTTP as it should be, and with a 101 only if it is one. */
export const handshakes = property("handshakes", 30_000, handshakeInput, async (input, wire) => {
  const bytes = requestBytes(input);
  const verdict = judge(bytes);
  wire.write(bytes);
  if (!isWhole(input)) wire.socket.end();
  const answer = await takeFinal(wire, input.method);
  if (answer) await checkAnswer(answer, wire, input, verdict);
  else checkSilence(wire, input, verdict);
});

/**
 * Without an answer a connection ends only if it was cut off, or Node refuses: CONNECT, or by a reset over what it has not
 * read.
 */
function checkSilence(wire: Wire, input: HandshakeInput, verdict: Verdict): void {
  if (!isWhole(input)) return;
  expect(verdict.mustOpen).to.equal(false);
  if (input.method !== "CONNECT") expect(wire.ended).to.equal("reset");
}

/** Takes the answer, behind a 100 to whom it may concern (RFC 9110 §15.2). */
async function takeFinal(wire: Wire, method: string): Promise<Answer | undefined> {
  const answer = await wire.take((received) => readAnswer(received, method));
  return answer?.status === 100 ? takeFinal(wire, method) : answer;
}

async function checkAnswer(
  answer: Answer,
  wire: Wire,
  input: HandshakeInput,
  verdict: Verdict,
): Promise<void> {
  for (const [name, value] of answer.headers) {
    expect(name).not.to.equal(INJECTED.toLowerCase());
    expect(value).not.to.contain(INJECTED);
  }
  if (answer.status === 101) await checkOpening(answer, wire, input, verdict);
  else await checkRefusal(answer, wire, input, verdict);
}

async function checkOpening(
  { headers }: Answer,
  wire: Wire,
  input: HandshakeInput,
  verdict: Verdict,
): Promise<void> {
  expect(verdict.mayOpen, "a 101 for what is no handshake").to.equal(true);
  expect(headers.get("upgrade")?.toLowerCase()).to.equal("websocket");
  expect(headers.get("connection")?.toLowerCase()).to.equal("upgrade");
  expect(headers.get("sec-websocket-accept")).to.equal(verdict.accept);
  const protocol = headers.get("sec-websocket-protocol");
  if (protocol !== undefined)
    expect(protocol)
      .to.be.oneOf(PROTOCOLS)
      .and.to.be.oneOf([...verdict.offered]);
  if (headers.has("sec-websocket-extensions"))
    expect(verdict).to.deep.include({ offersDeflate: true, view: "deflate" });
  if (!isWhole(input)) return;
  wire.write(GOODBYE);
  const { close, isCut } = readFrames(await wire.rest());
  expect(isCut).to.equal(false);
  expect(close?.code).to.be.oneOf(verdict.view === "throws" ? [1000, 1011] : [1000]);
}

async function checkRefusal(
  answer: Answer,
  wire: Wire,
  input: HandshakeInput,
  verdict: Verdict,
): Promise<void> {
  expect(verdict.mustOpen, `${answer.status} for a handshake`).to.equal(false);
  if (!isWhole(input)) return;
  if (!isLast(answer)) {
    // What this request was is over: the next one on the connection is understood.
    wire.write(PROBE);
    const next = await wire.take((received) => readAnswer(received));
    expect(next).to.include({ status: 200, body: "plain probe" });
  }
  await wire.rest();
}
