import { expect } from "chai";
import { hueOf, initialOf } from "../../../../views/pages/chat/hue.ts";

describe("hueOf", () => {
  it("is the same for nicks that are the same to the server", () => {
    expect(hueOf("Ann")).to.equal(hueOf("aNN"));
    expect(hueOf("Ann")).to.be.within(0, 359);
  });

  it("tells most nicks apart", () => {
    const hues = new Set(Array.from({ length: 50 }, (_, index) => hueOf(`user${index}`)));
    expect(hues.size).to.be.above(40);
  });
});

describe("initialOf", () => {
  it("is the first character as a reader counts them", () => {
    expect(initialOf("ann")).to.equal("A");
    expect(initialOf("👩‍👩‍👧 family")).to.equal("👩‍👩‍👧");
    expect(initialOf("e\u0301mile")).to.equal("E\u0301");
    expect(initialOf("東京")).to.equal("東");
  });
});
