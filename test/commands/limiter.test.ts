import { expect } from "chai";
import { limiter } from "../../commands/limiter.ts";
import { type Deferred, deferred } from "../support/deferred.ts";
import { rejection } from "../support/rejection.ts";

describe("limiter", () => {
  /** Starts tasks that end when they are told to. */
  function tasks(atOnce: number, count: number) {
    const limit = limiter(atOnce);
    const started: number[] = [];
    const ends: Deferred<number>[] = Array.from({ length: count }, () => deferred<number>());
    const results = ends.map((end, index) =>
      limit(() => {
        started.push(index);
        return end.promise;
      }),
    );
    return { started, ends, results };
  }

  it("starts as many tasks at once as it is told, and no more", () => {
    expect(tasks(2, 4).started).to.deep.equal([0, 1]);
  });

  it("starts the next one when one ends, in the order they came", async () => {
    const { started, ends, results } = tasks(2, 4);
    ends[1]?.resolve(1);
    await results[1];
    expect(started).to.deep.equal([0, 1, 2]);
    ends[2]?.resolve(2);
    await results[2];
    expect(started).to.deep.equal([0, 1, 2, 3]);
  });

  it("gives what the tasks give", async () => {
    const { ends, results } = tasks(1, 3);
    for (const [index, end] of ends.entries()) end.resolve(index);
    expect(await Promise.all(results)).to.deep.equal([0, 1, 2]);
  });

  it("goes on after a task that fails", async () => {
    const { ends, results } = tasks(1, 2);
    const failure = new Error("no");
    ends[0]?.reject(failure);
    ends[1]?.resolve(1);
    expect(await rejection(Promise.resolve(results[0]))).to.equal(failure);
    expect(await results[1]).to.equal(1);
  });

  it("has a place for a task that comes after all others have ended", async () => {
    const limit = limiter(1);
    await limit(() => Promise.resolve());
    expect(await limit(() => Promise.resolve("later"))).to.equal("later");
  });
});
