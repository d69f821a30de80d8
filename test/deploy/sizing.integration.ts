import { expect } from "chai";
import { start } from "../support/cli.ts";
import { findProgram } from "../support/find-program.ts";
import { ROOT } from "../support/imports.ts";
import { NGINX_HINT } from "../support/nginx.ts";
import { findRedis, REDIS_HINT } from "../support/redis-server.ts";
import { TIMEOUT } from "../support/timeouts.ts";

describe("npm run sizing", () => {
  before(function () {
    if (findProgram("nginx") && findRedis()) return;
    if (process.env.CI === "true") throw new Error(`${NGINX_HINT}; ${REDIS_HINT}`);
    this.skip();
  });

  it("shows what a WebSocket takes of servers, nginx and kernel", async function () {
    this.timeout(3 * TIMEOUT);
    const args = ["--import", "tsx/esm", "test/deploy/sizing.ts", "--connections", "300"];
    const { code, stdout, stderr } = await start(process.execPath, args, { cwd: ROOT, timeout: 2 * TIMEOUT })
      .outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    for (const row of [
      "the servers' processes",
      "nginx's processes",
      "the kernel's objects",
      "the kernel's buffers",
    ])
      expect(stdout).to.match(new RegExp(`│ of ${row}, kB[^│]* │ +-?[\\d.]+ │ +-?[\\d.]+ │`));
    expect(stdout).to.match(/│ handshakes\/s +│ +\d+ │ +\d+ │/);
  });
});
