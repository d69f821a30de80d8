import { expect } from "chai";
import { findPython } from "../../../../commands/bench/life/python.ts";

describe("findPython", () => {
  it("finds none where there is no program, or one without websockets", () => {
    expect(findPython(["/nowhere/python3", "false"])).to.equal(undefined);
  });
});
