import { expect } from "chai";
import { Bureau } from "../../../handlers/census/bureau.ts";

/** What is kept of a number is one tenth of it. */
const keep = async (kept = 0, last: number) => kept + last / 10;

const silent = { ask: () => new Promise<never>(() => {}) };

function answering(...answers: (number | undefined)[]) {
  return { ask: async () => answers.shift() };
}

describe("Bureau", () => {
  let bureau: Bureau<number>;

  beforeEach(() => {
    bureau = new Bureau(keep);
  });

  it("asks nobody where there is nobody", async () => {
    expect(await bureau.ask()).to.deep.equal([]);
  });

  it("asks all", async () => {
    bureau.add(answering(1));
    bureau.add(answering(2));
    expect(await bureau.ask()).to.have.members([1, 2]);
  });

  it("keeps something of those that have ended, of all as one", async () => {
    const first = bureau.add(answering(10));
    const second = bureau.add(answering(20));
    bureau.add(answering(30, 30));
    await bureau.ask();
    first.leave();
    second.leave();
    expect(await bureau.ask()).to.have.members([3, 30]);
  });

  it("keeps what one said last without being asked", async () => {
    const one = bureau.add(answering(10));
    await bureau.ask();
    one.note(50);
    one.leave();
    expect(await bureau.ask()).to.deep.equal([5]);
  });

  it("keeps nothing of one that never said anything", async () => {
    bureau.add(silent).leave();
    expect(await bureau.ask()).to.deep.equal([]);
  });

  it("keeps one that ends twice once", async () => {
    const one = bureau.add(answering(10));
    await bureau.ask();
    one.leave();
    one.leave();
    expect(await bureau.ask()).to.deep.equal([1]);
  });

  it("takes what is kept of one that does not answer in time, and all of it when it answers again", async () => {
    const answers = [Promise.resolve(10), new Promise<never>(() => {}), Promise.resolve(20)];
    bureau.add({ ask: async () => answers.shift() });
    expect(await bureau.ask()).to.deep.equal([10]);
    expect(await bureau.ask()).to.deep.equal([1]);
    expect(await bureau.ask()).to.deep.equal([20]);
  });

  it("counts one that ends while it is asked once, with what is kept of it", async () => {
    const answers = [Promise.resolve(10), new Promise<never>(() => {})];
    const one = bureau.add({ ask: async () => answers.shift() });
    await bureau.ask();
    const asking = bureau.ask();
    one.leave();
    expect(await asking).to.deep.equal([1]);
    expect(await bureau.ask()).to.deep.equal([1]);
  });

  it("passes over an answer that nothing can be kept of", async () => {
    bureau = new Bureau(async (kept = 0, last) => {
      if (last < 0) throw new Error("Not a count");
      return kept + last;
    });
    for (const answer of [10, -1, 20]) {
      const one = bureau.add(answering(answer));
      await bureau.ask();
      one.leave();
    }
    expect(await bureau.ask()).to.deep.equal([30]);
    const late = bureau.add(silent);
    late.note(-1);
    const asking = bureau.ask();
    late.leave();
    expect(await asking).to.deep.equal([30]);
  });

  it("leaves out one that has no answer", async () => {
    bureau.add(answering(undefined));
    bureau.add(answering(2));
    expect(await bureau.ask()).to.deep.equal([2]);
  });
});
