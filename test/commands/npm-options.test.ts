import { expect } from "chai";
import { Command } from "commander";
import { CommandError } from "../../commands/errors.ts";
import { checkNpmOptions } from "../../commands/npm-options.ts";

const COMMAND = new Command("testecho").option("--delay <seconds>").option("-W, --no-wrap");

describe("checkNpmOptions", () => {
  it("says how to write an option that npm kept", () => {
    const env = { npm_lifecycle_event: "cmd", npm_config_delay: "true" };
    expect(() => checkNpmOptions(COMMAND, ["testecho", "10"], env)).to.throw(
      CommandError,
      'npm kept --delay for itself: put "--" before the options, as in "npm run cmd testecho -- --delay …"',
    );
  });

  it("notices the value of a short option, which is all that npm leaves of it", () => {
    const env = { npm_lifecycle_event: "cmd" };
    expect(() => checkNpmOptions(COMMAND, ["testecho", "4", "1"], env)).to.throw(
      CommandError,
      'npm kept the option of "4" for itself: put "--" before the options, as in "npm run cmd testecho -- … 4"',
    );
    checkNpmOptions(COMMAND, ["testecho", "-W"], env);
  });

  it("leaves a command the words that it takes", () => {
    const chat = new Command("chat").argument("<room>").option("--nick <nick>");
    const env = { npm_lifecycle_event: "cmd" };
    checkNpmOptions(chat, ["chat", "tea", "--nick", "ada"], env);
    checkNpmOptions(chat, ["chat", "--nick", "ada", "tea"], env);
    checkNpmOptions(chat, ["chat", "tea", "time", "--nick", "ada"], env);
    expect(() => checkNpmOptions(chat, ["chat", "tea", "ada"], env)).to.throw('the option of "ada"');
  });

  it("finds an option of which npm made an empty string", () => {
    const env = { npm_lifecycle_event: "cmd", npm_config_wrap: "" };
    expect(() => checkNpmOptions(COMMAND, ["testecho"], env)).to.throw("npm kept --no-wrap for itself");
  });

  it("names the script that npm runs", () => {
    const env = { npm_lifecycle_event: "demo", npm_config_delay: "1" };
    expect(() => checkNpmOptions(COMMAND, [], env)).to.throw('as in "npm run demo -- --delay …"');
  });

  it("is content with an option that arrived, though npm has a setting of that name", () => {
    const env = { npm_lifecycle_event: "cmd", npm_config_delay: "60" };
    checkNpmOptions(COMMAND, ["testecho", "--delay", "10"], env);
    checkNpmOptions(COMMAND, ["testecho", "--delay=10"], env);
  });

  it("does not care about the settings of npm where npm does not run the script", () => {
    checkNpmOptions(COMMAND, ["testecho"], { npm_config_delay: "60" });
  });

  it("leaves a word too many to the command where npx runs it, which keeps no option", () => {
    checkNpmOptions(COMMAND, ["testecho", "4"], { npm_lifecycle_event: "npx" });
  });
});
