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

  it("suggests the option that one kept by npm was meant to be", () => {
    for (const [variable, args] of [
      ["npm_config_dealy", ["testecho", "10"]],
      ["npm_config_delayy", ["testecho"]],
    ] as const) {
      const env = { npm_lifecycle_event: "cmd", [variable]: "10" };
      const typed = variable.replace("npm_config_", "--");
      expect(() => checkNpmOptions(COMMAND, args, env)).to.throw(
        CommandError,
        `npm kept ${typed} (did you mean --delay?) for itself: put "--" before the options, as in "npm run cmd testecho -- --delay …"`,
      );
    }
  });

  it("leaves npm's own settings alone, which resemble an option", () => {
    const bench = new Command("bench").option("--runs <number>").option("--quick");
    const settings = { npm_config_fund: "", npm_config_cache: "/tmp", npm_config_user_agent: "npm/11.0.0" };
    checkNpmOptions(bench, ["bench"], { npm_lifecycle_event: "cmd", ...settings });
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
