import { expect } from "chai";
import {
  ConcurrencyError,
  ConnectionClosed,
  ConnectionClosedError,
  ConnectionClosedOK,
  connectionClosed,
  HandshakeError,
  RecvTimeoutError,
  UnexpectedResponse,
  WebSocketError,
} from "../../middleware/errors.ts";

const RESPONSE = { status: 401, headers: {}, text: "" };

describe("errors", () => {
  it("have stable codes", () => {
    const codes = [
      new HandshakeError(400, ""),
      new ConnectionClosed(1000, ""),
      new ConnectionClosedOK(1000, ""),
      new ConnectionClosedError(1006, ""),
      new WebSocketError(1008),
      new ConcurrencyError(),
      new RecvTimeoutError(1),
      new UnexpectedResponse(RESPONSE),
    ].map(({ code }) => code);
    expect(codes).to.deep.equal([
      "ERR_HANDSHAKE",
      "ERR_CONNECTION_CLOSED",
      "ERR_CONNECTION_CLOSED_OK",
      "ERR_CONNECTION_CLOSED_ERROR",
      "ERR_WEBSOCKET",
      "ERR_CONCURRENT_RECV",
      "ERR_RECV_TIMEOUT",
      "ERR_UNEXPECTED_RESPONSE",
    ]);
  });

  it("are named after their class", () => {
    for (const error of [
      new HandshakeError(400, ""),
      new ConnectionClosedOK(1000, ""),
      new ConnectionClosedError(1006, ""),
      new WebSocketError(1008),
      new ConcurrencyError(),
      new RecvTimeoutError(1),
      new UnexpectedResponse(RESPONSE),
    ]) {
      expect(error).to.be.an.instanceOf(Error);
      expect(error.name).to.equal(error.constructor.name);
    }
  });

  it("form a tree under ConnectionClosed", () => {
    expect(new ConnectionClosedOK(1000, "")).to.be.an.instanceOf(ConnectionClosed);
    expect(new ConnectionClosedError(1006, "")).to.be.an.instanceOf(ConnectionClosed);
  });
});

describe("HandshakeError", () => {
  it("carries what Express answers with: status, headers, and whether to show the message", () => {
    const error = new HandshakeError(426, "Upgrade!", { Upgrade: "websocket" });
    const { status, statusCode, headers, expose, message } = error;
    expect({ status, statusCode, headers, expose, message }).to.deep.equal({
      status: 426,
      statusCode: 426,
      headers: { Upgrade: "websocket" },
      expose: true,
      message: "Upgrade!",
    });
    expect(new HandshakeError(500, "").expose).to.equal(false);
  });
});

describe("connectionClosed", () => {
  it("is OK for 1000, 1001 and no code at all, and an error for any other", () => {
    for (const code of [1000, 1001, 1005]) {
      expect(connectionClosed(code, "")).to.be.an.instanceOf(ConnectionClosedOK);
    }
    for (const code of [1002, 1006, 1008, 1009, 1011, 1013, 3000, 4999]) {
      expect(connectionClosed(code, "")).to.be.an.instanceOf(ConnectionClosedError);
    }
  });

  it("says the code, and the reason where there is one", () => {
    const { closeCode, reason, message } = connectionClosed(1008, "One vote each");
    expect({ closeCode, reason, message }).to.deep.equal({
      closeCode: 1008,
      reason: "One vote each",
      message: "Connection closed: 1008 One vote each",
    });
    expect(connectionClosed(1006, "").message).to.equal("Connection closed: 1006");
  });
});

describe("WebSocketError", () => {
  it("carries the close code and the reason", () => {
    const { closeCode, reason } = new WebSocketError(1008, "One vote each");
    expect({ closeCode, reason }).to.deep.equal({ closeCode: 1008, reason: "One vote each" });
    expect(new WebSocketError(1008).reason).to.equal("");
  });

  it("throws a RangeError at once for a code that may not be sent", () => {
    for (const code of [1005, 1006, 99]) expect(() => new WebSocketError(code)).to.throw(RangeError);
  });
});
