import { expect } from "chai";
import { TokenBucket } from "../../../handlers/chat/token-bucket.ts";

describe("TokenBucket", () => {
  it("gives its burst at once, then says how long to wait", () => {
    const bucket = new TokenBucket(3, 2, 0);
    expect([0, 0, 0, 0].map((now) => bucket.take(now))).to.deep.equal([0, 0, 0, 500]);
  });

  it("gives another token after exactly the wait that it named", () => {
    const bucket = new TokenBucket(1, 2, 0);
    bucket.take(0);
    const wait = bucket.take(123.4);
    expect(wait).to.equal(377);
    expect(bucket.take(123.4 + wait)).to.equal(0);
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
