import { expect } from "chai";
import { speedometer } from "../../commands/speedometer.ts";

describe("speedometer", () => {
  it("is 0 before there are two moments to compare", () => {
    expect(speedometer()(1000, 50)).to.equal(0);
  });

  it("measures per second", () => {
    const measure = speedometer();
    measure(0, 10);
    expect(measure(500, 20)).to.equal(20);
  });

  it("forgets what was more than five seconds ago", () => {
    const measure = speedometer();
    for (let second = 0; second < 10; second++) measure(second * 1000, second < 5 ? second * 100 : 500);
    expect(measure(11_000, 500)).to.equal(0);
  });
});
