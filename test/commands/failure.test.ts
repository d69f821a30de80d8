import { expect } from "chai";
import { closureCause, failureCause, notImplemented } from "../../commands/failure.ts";
import { connectionClosed, RecvTimeoutError, UnexpectedResponse } from "../../middleware/errors.ts";

describe("failureCause", () => {
  it("tells the code and the reason that the server closed with", () => {
    expect(failureCause(connectionClosed(1011, "Oops"))).to.equal("closed by the server with 1011 (Oops)");
    expect(failureCause(connectionClosed(1000, ""))).to.equal("closed by the server with 1000");
  });

  it("tells a connection that broke from one that was closed", () => {
    expect(failureCause(connectionClosed(1006, ""))).to.equal("connection lost");
  });

  it("tells an answer that did not come", () => {
    expect(failureCause(new RecvTimeoutError(30_000))).to.equal("no answer in time");
  });

  it("tells the status of an HTTP response that is no 101", () => {
    const refusal = Object.assign(new Error("Unexpected"), { response: { status: 503 } });
    expect(failureCause(refusal)).to.equal("HTTP 503 instead of a WebSocket");
  });

  it("tells the code of a system error, which is the same for all that it happens to", () => {
    const error = Object.assign(new Error("connect ECONNREFUSED ::1:8000"), { code: "ECONNREFUSED" });
    expect(failureCause(error)).to.equal("ECONNREFUSED");
  });

  it("tells the message of any other error", () => {
    expect(failureCause(new Error("Bad luck"))).to.equal("Bad luck");
    expect(failureCause("worse luck")).to.equal("worse luck");
  });

  for (const response of [null, "text", {}, { status: "503" }]) {
    it(`is not misled by the response ${JSON.stringify(response)}`, () => {
      expect(failureCause(Object.assign(new Error("Odd"), { response }))).to.equal("Odd");
    });
  }
});

describe("closureCause", () => {
  it("leaves out a reason that is empty", () => {
    expect(closureCause(4000, "")).to.equal("closed by the server with 4000");
  });
});

describe("notImplemented", () => {
  const refusal = (status: number, text: string, type = "text/plain; charset=utf-8") =>
    new UnexpectedResponse({ status, headers: { "content-type": type }, text });

  it("gives the line of a server that does not do what was asked of it", () => {
    expect(notImplemented(refusal(501, "No spam here\n"))).to.equal("No spam here");
  });

  it("gives nothing of other answers and errors", () => {
    for (const error of [refusal(503, "No spam now\n"), new Error("No spam"), undefined]) {
      expect(notImplemented(error)).to.equal(undefined);
    }
  });

  it("gives nothing that a terminal would take for more than a line of text", () => {
    const others = [
      refusal(501, "one\ntwo"),
      refusal(501, "\x1b[2J"),
      refusal(501, ""),
      refusal(501, "<p>", "text/html"),
    ];
    for (const error of others) expect(notImplemented(error)).to.equal(undefined);
  });
});
