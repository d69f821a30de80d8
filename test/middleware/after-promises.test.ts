import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { afterPromises } from "../../middleware/after-promises.ts";

describe("afterPromises", () => {
  /** What an async function does that waits for nothing outside, however often it awaits. */
  async function hop(count: number): Promise<void> {
    for (let n = 0; n < count; n++) await undefined;
  }

  it("calls back when all that awaits what is settled has gone on", async () => {
    const called: string[] = [];
    setImmediate(() => {
      hop(100).then(() => called.push("promise"));
      afterPromises(() => called.push("after"));
      called.push("now");
    });
    await nextTurn();
    await nextTurn();
    expect(called).to.deep.equal(["now", "promise", "after"]);
  });

  it("calls back before the event loop goes on, asked from a tick or a promise too", async () => {
    const called: string[] = [];
    const ask = (name: string): void => {
      hop(100).then(() => called.push(`${name}'s promise`));
      afterPromises(() => called.push(`after ${name}`));
    };
    setImmediate(() => {
      process.nextTick(ask, "tick");
      setImmediate(() => called.push("next turn"));
    });
    await nextTurn();
    await nextTurn();
    await nextTurn();
    setImmediate(() => {
      void hop(1).then(() => ask("promise"));
      setImmediate(() => called.push("next turn"));
    });
    await nextTurn();
    await nextTurn();
    await nextTurn();
    expect(called).to.deep.equal([
      "tick's promise",
      "after tick",
      "next turn",
      "promise's promise",
      "after promise",
      "next turn",
    ]);
  });
});
