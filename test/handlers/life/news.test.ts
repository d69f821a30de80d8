import { expect } from "chai";
import { Facts } from "../../../handlers/life/facts.ts";
import { formatNews, parseNews } from "../../../handlers/life/news.ts";

describe("parseNews", () => {
  it("reads what formatNews writes: of each cell how far it has come", () => {
    const facts = new Facts(1_000_000);
    const known = [
      { cell: 0, step: 0, history: 0b11 },
      { cell: 7, step: 999_999_999, history: 0xffff },
      { cell: 999_999, step: 12, history: 0b1011 },
    ];
    for (const { cell, ...standing } of known) facts.merge(cell, standing);
    expect([...parseNews(formatNews(facts, [0, 7, 999_999], 3))]).to.deep.equal(known);
  });

  it("leaves out the cells of which nothing is known", () => {
    const facts = new Facts(3);
    facts.put(1, 5, 0);
    expect([...parseNews(formatNews(facts, [0, 1, 2], 3))]).to.deep.equal([
      { cell: 1, step: 5, history: 0b10 },
    ]);
    expect(formatNews(new Facts(3), [0, 1, 2], 3)).to.equal("");
  });
});
