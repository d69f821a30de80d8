import { expect } from "chai";
import { findChromium } from "../support/chromium.ts";
import { start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { TIMEOUT } from "../support/timeouts.ts";

describe("npm run life:fps", () => {
  before(function () {
    if (!findChromium() && process.env.CI !== "true") this.skip();
  });

  it("plays a game, and shows how many frames a second its page draws meanwhile", async function () {
    const timeout = 2 * TIMEOUT;
    this.timeout(timeout);
    const args = ["--import", "tsx/esm", "test/life-fps/main.ts", "--size", "8", "--seconds", "1"];
    const { code, stdout, stderr } = await start(process.execPath, args, { cwd: ROOT, timeout }).outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(
      /^8×8 cells, \S+ steps a second, for 1 s on \d+ cores\n\S+ frames a second\nfrom one frame/,
    );
  });
});
