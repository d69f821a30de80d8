import { expect } from "chai";
import { start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { TIMEOUT } from "../support/timeouts.ts";

describe("npm run status:cost", () => {
  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  it("shows how much of a core a viewer takes of a server", async function () {
    const timeout = 2 * TIMEOUT;
    this.timeout(timeout);
    const size = ["--connections", "600", "--seconds", "1", "--rounds", "1"];
    const args = ["--import", "tsx/esm", "test/status-cost/main.ts", ...size];
    const { code, stdout, stderr } = await start(process.execPath, args, { cwd: ROOT, timeout }).outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    for (const row of ["without a viewer", "with one", "the viewer"])
      expect(stdout).to.match(new RegExp(`│ ${row} +│ +-?[\\d.]+ % +│ +-?[\\d.]+ %\\.\\.-?[\\d.]+ % +│`));
    expect(stdout).to.match(/\n600 idle connections, 1 × 1 s each\n$/);
  });
});
