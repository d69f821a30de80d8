import { expect } from "chai";
import { Recent } from "../../../commands/chat/recent.ts";

describe("Recent", () => {
  it("tells what is new, and forgets the oldest first", () => {
    const recent = new Recent(2);
    expect(["a", "b", "a", "c", "b", "a"].map((id) => recent.add(id))).to.deep.equal([
      true,
      true,
      false,
      true,
      false,
      true,
    ]);
  });
});
