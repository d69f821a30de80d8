import { expect } from "chai";
import { ProtocolError } from "../../../commands/errors.ts";
import { type Loss, lossOf } from "../../../commands/gameoflife/loss.ts";
import { ConnectionClosed, UnexpectedResponse } from "../../../middleware/errors.ts";

const closed = (code: number) => new ConnectionClosed(code, "");
const answered = (status: number) => new UnexpectedResponse({ status, headers: {}, text: "" });

describe("lossOf", () => {
  const cases: [string, unknown, Loss][] = [
    ...[1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 4001].map((code): [string, unknown, Loss] => [
      `a close with ${code}`,
      closed(code),
      "passing",
    ]),
    ["a close with 1008", closed(1008), "cell"],
    ...[1002, 1003, 1007, 1009, 1010, 4000].map((code): [string, unknown, Loss] => [
      `a close with ${code}`,
      closed(code),
      "game",
    ]),
    ...[408, 429, 500, 502, 503, 504].map((status): [string, unknown, Loss] => [
      `HTTP ${status}`,
      answered(status),
      "passing",
    ]),
    ...[200, 301, 400, 401, 403, 404, 501].map((status): [string, unknown, Loss] => [
      `HTTP ${status}`,
      answered(status),
      "game",
    ]),
    ["what the network says", new Error("ECONNREFUSED"), "passing"],
    ["what the wire format does not allow", new ProtocolError("a worker received"), "game"],
  ];
  for (const [what, error, loss] of cases) {
    it(`takes ${what} for the end of ${loss === "passing" ? "nothing but a connection" : `the ${loss}`}`, () => {
      expect(lossOf(error)).to.equal(loss);
    });
  }
});
