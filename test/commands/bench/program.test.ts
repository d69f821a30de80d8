import { expect } from "chai";
import { type Program, startProgram } from "../../../commands/bench/program.ts";
import { CommandError } from "../../../commands/errors.ts";
import { rejection } from "../../support/rejection.ts";

describe("a program", () => {
  let program: Program;

  afterEach(() => program.end());

  function run(script: string): void {
    program = startProgram("The program", [process.execPath, "--eval", script], /^port (\d+)$/);
  }

  it("answers with what it says, between other things", async () => {
    run(`console.log("Hello!\\nport 8000\\nport 8001"); setInterval(() => {}, 1000);`);
    expect(await program.answer).to.equal("8000");
  });

  it("may end with its answer", async () => {
    run(`console.log("port 8000")`);
    expect(await program.answer).to.equal("8000");
  });

  it("fails when it ends instead", async () => {
    run(`console.log("Hello!"); process.exitCode = 3;`);
    const error = await rejection(program.answer);
    expect(error).to.be.instanceOf(CommandError);
    expect(String(error)).to.equal("CommandError: The program failed: it ended with 3");
  });

  it("fails when there is no such program", async () => {
    program = startProgram("The program", ["/nowhere/nothing"], /^(.*)$/);
    expect(String(await rejection(program.answer))).to.match(/The program failed: .*ENOENT/);
  });
});
