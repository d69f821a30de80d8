import { expect } from "chai";
import { checkCloseCode, cutReason } from "../../middleware/close-frame.ts";

describe("checkCloseCode", () => {
  it("lets pass what RFC 6455 §7.4 and the registry allow to be sent", () => {
    for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014]) {
      expect(() => checkCloseCode(code)).not.to.throw();
    }
    for (const code of [3000, 3999, 4000, 4999]) expect(() => checkCloseCode(code)).not.to.throw();
  });

  it("throws a RangeError for reserved and unassigned codes", () => {
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 2000, 2999, 5000, 65536, -1000]) {
      expect(() => checkCloseCode(code), String(code)).to.throw(RangeError, String(code));
    }
  });

  it("throws a RangeError for what is no integer", () => {
    for (const code of [1000.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => checkCloseCode(code)).to.throw(RangeError);
    }
  });
});

describe("cutReason", () => {
  it("leaves a reason of up to 123 bytes as it is", () => {
    for (const reason of ["", "bye", "x".repeat(123), "é".repeat(61), "卵".repeat(41)]) {
      expect(cutReason(reason)).to.equal(reason);
    }
  });

  it("cuts at 123 bytes", () => {
    expect(cutReason("x".repeat(124))).to.equal("x".repeat(123));
  });

  it("never cuts a character in two, of whatever length and wherever it lies", () => {
    for (const character of ["é", "卵", "🍳"]) {
      for (const shift of ["", "x", "xx", "xxx"]) {
        const cut = cutReason(shift + character.repeat(124));
        expect(cut).not.to.contain("\ufffd");
        expect(Buffer.byteLength(cut)).to.be.within(124 - Buffer.byteLength(character), 123);
      }
    }
  });
});
