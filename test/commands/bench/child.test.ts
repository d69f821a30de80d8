import { expect } from "chai";
import { type Child, numberIn, numbersIn, startChild } from "../../../commands/bench/child.ts";
import { CommandError } from "../../../commands/errors.ts";
import { rejection } from "../../support/rejection.ts";

describe("a child process", () => {
  let child: Child;

  afterEach(() => child.end());

  function run(script: string): void {
    child = startChild("The child", [process.execPath, "--eval", script]);
  }

  async function failure(answer: Promise<unknown>): Promise<string> {
    const error = await rejection(answer);
    expect(error).to.be.instanceOf(CommandError);
    return String(error);
  }

  it("speaks first, and answers what it is asked", async () => {
    run(`
      process.on("message", ({ number }) => process.send({ double: number * 2 }));
      process.send({ port: 8000 });
    `);
    expect(await child.answer()).to.deep.equal({ port: 8000 });
    expect(await child.ask({ number: 4 })).to.deep.equal({ double: 8 });
    expect(await child.ask({ number: 5 })).to.deep.equal({ double: 10 });
  });

  it("fails with the error that it answers", async () => {
    run(`process.send({ error: "no idea" }); process.on("message", () => {});`);
    expect(await failure(child.answer())).to.equal("CommandError: The child failed: no idea");
  });

  it("fails when it ends instead", async () => {
    run("process.exit(3)");
    expect(await failure(child.answer())).to.equal("CommandError: The child failed: it ended with 3");
  });

  it("fails when there is no such program", async () => {
    child = startChild("The child", ["/nowhere/nothing"]);
    expect(await failure(child.answer())).to.match(/The child failed: .*ENOENT/);
  });
});

describe("numberIn", () => {
  it("gives a number by its name", () => {
    expect(numberIn({ port: 8000 }, "port")).to.equal(8000);
  });

  for (const answer of [undefined, null, 8000, {}, { port: "8000" }]) {
    it(`refuses ${JSON.stringify(answer)}`, () => {
      expect(() => numberIn(answer, "port")).to.throw(TypeError, 'An answer has no number "port"');
    });
  }
});

describe("numbersIn", () => {
  it("gives a list of numbers by its name", () => {
    expect(numbersIn({ times: [1, 2.5] }, "times")).to.deep.equal([1, 2.5]);
  });

  for (const answer of [undefined, {}, { times: 1 }, { times: ["1"] }]) {
    it(`refuses ${JSON.stringify(answer)}`, () => {
      expect(() => numbersIn(answer, "times")).to.throw(TypeError, 'An answer has no numbers "times"');
    });
  }
});
