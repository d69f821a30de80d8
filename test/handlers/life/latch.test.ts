import { getEventListeners } from "node:events";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { Latch } from "../../../handlers/life/latch.ts";
import { untilForgotten } from "../../support/until-forgotten.ts";

describe("Latch", () => {
  const never = new AbortController().signal;

  it("holds everyone back until it is opened", async () => {
    const latch = new Latch();
    const gone: number[] = [];
    const waits = [1, 2, 3].map((who) => latch.wait(never).then(() => gone.push(who)));
    await nextTurn();
    expect({ opened: latch.opened, gone }).to.deep.equal({ opened: false, gone: [] });
    latch.open();
    await Promise.all(waits);
    expect({ opened: latch.opened, gone }).to.deep.equal({ opened: true, gone: [1, 2, 3] });
  });

  it("lets everyone pass who comes after it was opened", async () => {
    const latch = new Latch();
    latch.open();
    latch.open();
    await latch.wait(never);
    expect(latch.opened).to.equal(true);
  });

  it("rejects with the signal's reason when it aborts, and holds the others back", async () => {
    const latch = new Latch();
    const controller = new AbortController();
    const reason = new Error("gone");
    const wait = latch.wait(controller.signal);
    const other = latch.wait(never);
    controller.abort(reason);
    expect(await wait.catch((error) => error)).to.equal(reason);
    expect(latch.opened).to.equal(false);
    latch.open();
    await other;
  });

  it("rejects with the reason of a signal that has aborted already", async () => {
    const reason = new Error("gone");
    expect(await new Latch().wait(AbortSignal.abort(reason)).catch((error) => error)).to.equal(reason);
  });

  it("lets pass, once opened, even those whose signal has aborted: they find out themselves", async () => {
    const latch = new Latch();
    latch.open();
    await latch.wait(AbortSignal.abort(new Error("gone")));
  });

  it("leaves no listener on the signal, however the wait ends", async () => {
    const passed = new AbortController();
    const gone = new AbortController();
    const latch = new Latch();
    const waits = [latch.wait(passed.signal), latch.wait(gone.signal)];
    gone.abort();
    latch.open();
    await Promise.allSettled(waits);
    for (const { signal } of [passed, gone]) expect(getEventListeners(signal, "abort")).to.have.length(0);
  });

  it("forgets those who gave up, while it holds others back", async () => {
    const latch = new Latch();
    const other = latch.wait(never);
    const gone = Array.from({ length: 3 }, () => giveUp(latch));
    await untilForgotten(await Promise.all(gone));
    latch.open();
    await other;
  });

  it("ignores an abort that comes after the opening", async () => {
    const latch = new Latch();
    const controller = new AbortController();
    const wait = latch.wait(controller.signal);
    latch.open();
    controller.abort(new Error("too late"));
    await wait;
  });
});

/** Waits for a latch, and is gone before it opens. */
async function giveUp(latch: Latch): Promise<WeakRef<AbortSignal>> {
  const controller = new AbortController();
  const wait = latch.wait(controller.signal);
  controller.abort();
  await wait.catch(() => {});
  return new WeakRef(controller.signal);
}
