import { expect } from "chai";
import { checkCompression } from "../../middleware/check-compression.ts";

describe("checkCompression", () => {
  it("lets pass what permessage-deflate can do", () => {
    const fine: unknown[] = [
      true,
      false,
      {},
      { threshold: 0, serverMaxWindowBits: 9, clientMaxWindowBits: undefined, concurrencyLimit: 1 },
      { serverNoContextTakeover: true, clientNoContextTakeover: true },
      { zlibDeflateOptions: { level: 1, memLevel: 9 }, zlibInflateOptions: { chunkSize: 64 } },
    ];
    for (const compression of fine) expect(() => checkCompression(compression)).not.to.throw();
  });

  it("throws a TypeError for what is neither true nor false, nor options", () => {
    for (const compression of ["yes", 1, null, undefined]) {
      expect(() => checkCompression(compression)).to.throw(TypeError, '"compression"');
    }
  });

  it("throws a TypeError that names an option that is unknown or out of its range", () => {
    const wrong: object[] = [
      { treshold: 10 },
      { threshold: "10" },
      { serverMaxWindowBits: 8 },
      { clientMaxWindowBits: 16 },
      { concurrencyLimit: 0 },
    ];
    for (const compression of wrong) {
      expect(() => checkCompression(compression)).to.throw(TypeError, `"${Object.keys(compression)[0]}"`);
    }
  });

  it("throws a TypeError that names the options which node:zlib refuses", () => {
    const wrong: object[] = [{ zlibDeflateOptions: { level: 10 } }, { zlibInflateOptions: { chunkSize: 1 } }];
    for (const compression of wrong) {
      expect(() => checkCompression(compression)).to.throw(TypeError, `"${Object.keys(compression)[0]}"`);
    }
  });
});
