import { expect } from "chai";
import { tint } from "../../../../views/pages/status/tint.ts";

describe("tint", () => {
  it("mixes a little of a colour into what is behind it", () => {
    expect(tint("#000000", "#ffffff")).to.equal("rgb(204 204 204)");
    expect(tint("#ff8000", "#000000")).to.equal("rgb(51 26 0)");
  });

  it("reads colours that a minifier has shortened", () => {
    expect(tint("#000", "#fff")).to.equal("rgb(204 204 204)");
    expect(tint("#f80", "#000000")).to.equal("rgb(51 27 0)");
  });

  it("leaves a colour before itself as it is", () => {
    expect(tint("#12ab9f", "#12ab9f")).to.equal("rgb(18 171 159)");
  });
});
