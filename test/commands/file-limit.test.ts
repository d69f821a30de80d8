import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { CommandError } from "../../commands/errors.ts";
import { checkFileLimit, openFileLimit } from "../../commands/file-limit.ts";

describe("openFileLimit", () => {
  it("is the hard limit of the shell, to which Node raises its own", () => {
    const told = execFileSync("sh", ["-c", "ulimit -H -n"], { encoding: "utf8" }).trim();
    expect(openFileLimit()).to.equal(told === "unlimited" ? Number.POSITIVE_INFINITY : Number(told));
  });
});

describe("checkFileLimit", () => {
  it("is content with a limit that leaves 50 for the rest", () => {
    checkFileLimit(10_000, "clients", 10_050);
    checkFileLimit(10_000, "clients", Number.POSITIVE_INFINITY);
  });

  it("says which limit is too low, what it is, and the command that raises it", () => {
    expect(() => checkFileLimit(10_000, "clients", 4096)).to.throw(
      CommandError,
      /^10000 clients need 10050 open files, but the limit \(ulimit -n\) is 4096: run ".*10050" first$/,
    );
  });

  it("says what else can be done", () => {
    expect(() => checkFileLimit(99, "clients", 100, ", or start fewer")).to.throw(/" first, or start fewer$/);
  });

  it("goes by the limit of this process", () => {
    const limit = openFileLimit();
    if (limit === Number.POSITIVE_INFINITY) checkFileLimit(limit);
    else expect(() => checkFileLimit(limit)).to.throw(`${limit} connections need ${limit + 50} open files`);
  });
});
