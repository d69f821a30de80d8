import { expect } from "chai";
import { addressBlock } from "../../middleware/address-block.ts";

const BLOCKS: readonly [address: string, block: string][] = [
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["::FFFF:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::1", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8::2:3:4:5:6", "2001:db8:0:2::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.7", "64:ff9b:0:0::/64"],
  ["1:2:3:4:5:6:192.0.2.7", "1:2:3:4::/64"],
  ["unknown", "unknown"],
  ["", ""],
];

describe("addressBlock", () => {
  for (const [address, block] of BLOCKS) {
    it(`takes ${address || "nothing"} for ${block || "nothing"}`, () => {
      expect(addressBlock(address)).to.equal(block);
    });
  }
});
