import { expect } from "chai";
import { resolveOptions, type WebSocketOptions } from "../../middleware/options.ts";

describe("resolveOptions", () => {
  it("fills in the documented defaults", () => {
    const { onError, ...rest } = resolveOptions();
    expect(rest).to.deep.equal({
      maxPayload: 1024 * 1024,
      origins: "same-origin",
      protocols: [],
      compression: false,
      pingInterval: 20_000,
      pingTimeout: 20_000,
      closeTimeout: 10_000,
      recvHighWaterMark: 16,
      sendHighWaterMark: 64 * 1024,
      maxBufferedAmount: 1024 * 1024,
      onClose: undefined,
    });
    expect(onError).to.be.a("function");
  });

  it("keeps what is given, and takes undefined for not given", () => {
    const given: unknown = { pingInterval: 5, closeTimeout: undefined };
    const { pingInterval, closeTimeout } = resolveOptions(given as WebSocketOptions);
    expect({ pingInterval, closeTimeout }).to.deep.equal({ pingInterval: 5, closeTimeout: 10_000 });
  });

  it("throws a TypeError that names an unknown option", () => {
    const misspelt: object = { maxPayLoad: 1 };
    expect(() => resolveOptions(misspelt)).to.throw(TypeError, '"maxPayLoad"');
    const inherited: object = { toString: () => "x" };
    expect(() => resolveOptions(inherited)).to.throw(TypeError, '"toString"');
  });

  it("throws a TypeError that names an option out of its range", () => {
    const wrong: object[] = [
      { maxPayload: 0 },
      { pingInterval: -1 },
      { pingTimeout: 0 },
      { closeTimeout: Number.NaN },
      { recvHighWaterMark: "16" },
      { sendHighWaterMark: null },
      { maxBufferedAmount: 1n },
      { origins: "https://example.com" },
      { origins: [1] },
      { protocols: "chat" },
      { protocols: ["two words"] },
      { protocols: [""] },
      { onError: "console" },
      { compression: "yes" },
    ];
    for (const options of wrong) {
      expect(() => resolveOptions(options)).to.throw(TypeError, `"${Object.keys(options)[0]}"`);
    }
  });

  it("throws a TypeError for a time that no timer can wait", () => {
    for (const name of ["pingInterval", "pingTimeout", "closeTimeout"]) {
      for (const time of [Number.POSITIVE_INFINITY, 2 ** 31]) {
        expect(() => resolveOptions({ [name]: time })).to.throw(TypeError, `"${name}"`);
      }
    }
  });

  it("lets a ping interval be 0, which means never", () => {
    expect(resolveOptions({ pingInterval: 0 }).pingInterval).to.equal(0);
  });
});
