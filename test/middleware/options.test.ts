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
      maxBufferedAmount: 4 * 1024 * 1024,
      maxMessagesPerSecond: Number.POSITIVE_INFINITY,
      maxMessageBurst: Number.POSITIVE_INFINITY,
      onClose: undefined,
      view: undefined,
    });
    expect(onError).to.be.a("function");
  });

  it("keeps what is given, and takes undefined for not given", () => {
    const given: unknown = { pingInterval: 5, closeTimeout: undefined };
    const { pingInterval, closeTimeout } = resolveOptions(given as WebSocketOptions);
    expect({ pingInterval, closeTimeout }).to.deep.equal({ pingInterval: 5, closeTimeout: 10_000 });
  });

  it("lets a message burst be as large as what may come in a second, and at least one", () => {
    const burst = (options: WebSocketOptions) => resolveOptions(options).maxMessageBurst;
    expect(burst({ maxMessagesPerSecond: 20 })).to.equal(20);
    expect(burst({ maxMessagesPerSecond: 0.1 })).to.equal(1);
    expect(burst({ maxMessagesPerSecond: 20, maxMessageBurst: 100 })).to.equal(100);
  });

  it("lets wait to be written at least what send() lets write", () => {
    expect(resolveOptions({ sendHighWaterMark: 2 ** 30 }).maxBufferedAmount).to.equal(2 ** 30);
    expect(() => resolveOptions({ sendHighWaterMark: 2, maxBufferedAmount: 1 })).to.throw(
      TypeError,
      "sendHighWaterMark",
    );
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
      { maxBufferedAmount: 1024 },
      { maxMessagesPerSecond: 0 },
      { maxMessagesPerSecond: Number.NaN },
      { maxMessageBurst: 0.5 },
      { origins: "https://example.com" },
      { origins: [1] },
      { protocols: "chat" },
      { protocols: ["two words"] },
      { protocols: [""] },
      { onError: "console" },
      { onClose: "console" },
      { view: "" },
      { view: 5 },
      { compression: "yes" },
    ];
    for (const options of wrong) {
      expect(() => resolveOptions(options)).to.throw(TypeError, `"${Object.keys(options)[0]}"`);
    }
  });

  it("throws a TypeError for an origin that no browser sends, and names it", () => {
    const never = [
      "https://example.com/",
      "https://example.com:443",
      "https://Example.com",
      "example.com",
      "*",
    ];
    for (const origin of [...never, "localhost:3000", "https://example.com/path", ""]) {
      expect(() => resolveOptions({ origins: [origin] })).to.throw(TypeError, JSON.stringify(origin));
    }
  });

  it("takes every origin that a browser may send", () => {
    const origins = ["https://example.com", "http://[::1]:8000", "chrome-extension://abcdef", "null"];
    expect(resolveOptions({ origins }).origins).to.equal(origins);
    expect(resolveOptions({ origins: [] }).origins).to.deep.equal([]);
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
