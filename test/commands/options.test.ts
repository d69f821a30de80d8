import { expect } from "chai";
import { InvalidArgumentError } from "commander";
import { integer, named, number, webSocketUrl } from "../../commands/options.ts";

describe("integer", () => {
  const parse = integer(1, 1000);

  for (const text of ["1", "32", "1000", "0032"]) {
    it(`reads ${text}`, () => expect(parse(text)).to.equal(Number(text)));
  }

  for (const text of ["0", "1001", "-1", "1.5", "1e2", "0x10", "ten", "", " 1", "99999999999999999999"]) {
    it(`refuses "${text}" and tells the range`, () => {
      expect(() => parse(text)).to.throw(InvalidArgumentError, "It must be an integer from 1 to 1000.");
    });
  }
});

describe("number", () => {
  const parse = number(0.001, 60);

  for (const text of ["0.001", "60", "1.5", ".25", "7."]) {
    it(`reads ${text}`, () => expect(parse(text)).to.equal(Number(text)));
  }

  for (const text of ["0", "60.1", "-1", "1e1", "Infinity", "NaN", "ten", "", "."]) {
    it(`refuses "${text}" and tells the range`, () => {
      expect(() => parse(text)).to.throw(InvalidArgumentError, "It must be a number from 0.001 to 60.");
    });
  }
});

describe("webSocketUrl", () => {
  for (const text of ["ws://localhost:8000", "wss://example.com/life?x=1", "ws://[::1]:8000/"]) {
    it(`reads ${text}`, () => expect(webSocketUrl(text)).to.equal(text));
  }

  for (const text of ["localhost:8000", "http://localhost:8000", "ws://", "ws://localhost/#top", ""]) {
    it(`refuses "${text}"`, () => {
      expect(() => webSocketUrl(text)).to.throw(InvalidArgumentError, "ws:// or wss://");
    });
  }
});

describe("named", () => {
  const [spam, eggs] = [{ name: "spam" }, { name: "eggs" }];
  const parse = named([spam, eggs], "dish");

  it("reads names, each once and in the order of all", () => {
    expect(parse("eggs")).to.deep.equal([eggs]);
    expect(parse("eggs, spam,eggs")).to.deep.equal([spam, eggs]);
  });

  for (const [text, unknown] of [
    ["spam,ham", "ham"],
    ["", "dish without a name"],
    ["spam,", "dish without a name"],
  ] as const) {
    it(`refuses "${text}" and tells the names`, () => {
      expect(() => parse(text)).to.throw(
        InvalidArgumentError,
        `There is no ${unknown}: choose among spam, eggs.`,
      );
    });
  }
});
