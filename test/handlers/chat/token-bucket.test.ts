import { expect } from "chai";
import { TokenBucket } from "../../../handlers/chat/token-bucket.ts";

describe("TokenBucket", () => {
  it("gives its burst at once, then says how long to wait", () => {
    const bucket = new TokenBucket(3, 2, 0);
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).to.deep.equal([0, 0, 0, 501]);
  });

  it("gives another token after the wait that it named, and to a timer that ends a little early", () => {
    const bucket = new TokenBucket(1, 2, 0);
    bucket.take(0);
    const wait = bucket.take(123.4);
    expect(wait).to.equal(378);
    expect(bucket.take(123.4 + wait - 1)).to.equal(0);
  });

  it("names each of those who have to wait a time of its own, at which it gets a token", () => {
    const bucket = new TokenBucket(1, 2, 0);
    bucket.take(0);
    const waits = [0, 0, 0].map((now) => bucket.take(now));
    expect(waits).to.deep.equal([501, 1001, 1501]);
    expect(waits.map((wait) => bucket.take(wait))).to.deep.equal([0, 0, 0]);
  });

  it("forgets in time those who did not come again", () => {
    const bucket = new TokenBucket(1, 2, 0);
    for (let count = 0; count < 5; count += 1) bucket.take(0);
    expect([5000, 5000].map((now) => bucket.take(now))).to.deep.equal([0, 501]);
  });

  it("keeps to its rate in the long run, whatever the pace of those who ask", () => {
    const bucket = new TokenBucket(10, 2, 0);
    let taken = 0;
    for (let now = 0; now <= 60_000; now += 7) if (bucket.take(now) === 0) taken += 1;
    expect(taken).to.equal(10 + 2 * 60 - 1);
  });

  it("never holds more than its burst", () => {
    const bucket = new TokenBucket(2, 10, 0);
    expect([1e9, 1e9, 1e9].map((now) => bucket.take(now) > 0)).to.deep.equal([false, false, true]);
  });
});
