import { expect } from "chai";
import { Pongs } from "../../middleware/pongs.ts";
import { frame, PING, readFrame } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

/** Pongs whose writing is up to the test. */
function watch(): { pongs: Pongs<unknown>; sent: unknown[]; write(): void } {
  const sent: unknown[] = [];
  const unwritten: (() => void)[] = [];
  const pongs = new Pongs((payload, written) => {
    sent.push(payload);
    unwritten.push(written);
  });
  return { pongs, sent, write: () => unwritten.shift()?.() };
}

describe("Pongs", () => {
  const network = useNetwork();

  it("answers every ping, in order, as long as they are written", () => {
    const { pongs, sent, write } = watch();
    const pings = Array.from({ length: 200 }, (_, n) => n);
    for (const ping of pings) {
      pongs.answer(ping);
      write();
    }
    expect(sent).to.deep.equal(pings);
  });

  it("answers 60 at once, and of those that come behind the latest, once there is room", () => {
    const { pongs, sent, write } = watch();
    for (let n = 1; n <= 100; n++) pongs.answer(n);
    expect(sent).to.have.length(60);
    write();
    expect(sent.slice(60)).to.deep.equal([100]);
    for (let n = 0; n < 60; n++) write();
    pongs.answer("next");
    expect(sent.slice(60)).to.deep.equal([100, "next"]);
  });

  it("leaves open a connection whose peer pings while it reads what is large, and answers the last ping", async () => {
    const { ws, peer } = await network.rawPair();
    peer.socket.pause();
    const large = 20_000_000;
    ws.send(Buffer.alloc(large));
    for (let n = 1; n <= 1000; n++) peer.write(frame(PING, `${n}`.padStart(125)));
    await new Promise((resolve) => peer.socket.write(frame(PING, "last"), resolve));
    peer.socket.resume();
    expect((await readFrame(peer)).payload).to.have.length(large);
    let pongs = 0;
    for (let payload = ""; payload !== "last"; pongs++) payload = String((await readFrame(peer)).payload);
    expect(pongs).to.be.below(1000);
    expect(ws.signal.aborted).to.equal(false);
  });
});
