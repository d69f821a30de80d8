import { expect } from "chai";
import { resolveHookOptions } from "../../middleware/hook-options.ts";

describe("resolveHookOptions", () => {
  it("fills in the documented defaults", () => {
    const { claim, ...rest } = resolveHookOptions();
    expect(rest).to.deep.equal({
      maxConnections: Number.POSITIVE_INFINITY,
      maxConnectionsPerAddress: Number.POSITIVE_INFINITY,
      handshakeTimeout: 10_000,
    });
    expect(Reflect.apply(claim, null, [{}])).to.equal(true);
  });

  it("throws a TypeError that names an option that is unknown or out of its range", () => {
    const wrong: object[] = [
      { maxConnection: 1 },
      { maxConnections: 0 },
      { maxConnections: "100" },
      { maxConnectionsPerAddress: Number.NaN },
      { handshakeTimeout: -1 },
      { handshakeTimeout: 2 ** 31 },
      { claim: "mine" },
    ];
    for (const options of wrong) {
      expect(() => resolveHookOptions(options)).to.throw(TypeError, `"${Object.keys(options)[0]}"`);
    }
  });

  it("takes undefined for not given", () => {
    const given: object = { handshakeTimeout: undefined };
    expect(resolveHookOptions(given).handshakeTimeout).to.equal(10_000);
  });
});
