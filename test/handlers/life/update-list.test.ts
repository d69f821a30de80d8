import { expect } from "chai";
import { UpdateList } from "../../../handlers/life/update-list.ts";

describe("UpdateList", () => {
  it("gives the updates as lines, in the order in which they came", () => {
    const list = new UpdateList(1000);
    expect(list.toLines()).to.deep.equal([]);
    list.push({ step: 999_999_999, row: 999, col: 999, state: 1 });
    list.push({ step: 0, row: 0, col: 999, state: 0 });
    list.push({ step: 7, row: 5, col: 0, state: 1 });
    expect(list.length).to.equal(3);
    expect(list.toLines()).to.deep.equal(["999999999 999 999 1", "0 0 999 0", "7 5 0 1"]);
  });
});
