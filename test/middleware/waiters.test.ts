import { expect } from "chai";
import { Waiters } from "../../middleware/waiters.ts";

describe("Waiters", () => {
  let waiters: Waiters;
  let isSo: boolean;

  beforeEach(() => {
    waiters = new Waiters();
    isSo = false;
  });

  it("do not wait for what is so already", async () => {
    isSo = true;
    await waiters.until(() => isSo);
  });

  it("wait until it is so, and no longer", async () => {
    const done: string[] = [];
    const all = [
      waiters.until(() => isSo).then(() => done.push("so")),
      waiters.until(() => !isSo).then(() => done.push("at once")),
      waiters.until(() => done.length === 2).then(() => done.push("last")),
    ];
    waiters.check();
    await Promise.resolve();
    expect(done).to.deep.equal(["at once"]);
    isSo = true;
    waiters.check();
    await all[0];
    waiters.check();
    await Promise.all(all);
    expect(done).to.deep.equal(["at once", "so", "last"]);
  });
});
