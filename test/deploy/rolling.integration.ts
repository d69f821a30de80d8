import { expect } from "chai";
import { start } from "../support/cli.ts";
import { findProgram } from "../support/find-program.ts";
import { ROOT } from "../support/imports.ts";
import { NGINX_HINT } from "../support/nginx.ts";
import { findRedis, REDIS_HINT } from "../support/redis-server.ts";
import { rowsOf } from "../support/table-rows.ts";
import { TIMEOUT } from "../support/timeouts.ts";

const CLIENTS = 200;

describe("npm run rolling", () => {
  before(function () {
    if (findProgram("nginx") && findRedis()) return;
    if (process.env.CI === "true") throw new Error(`${NGINX_HINT}; ${REDIS_HINT}`);
    this.skip();
  });

  it("restarts all servers under testecho without one failed client", async function () {
    this.timeout(4 * TIMEOUT);
    const args = ["--import", "tsx/esm", "test/deploy/main.ts", "--clients", `${CLIENTS}`, "--delay", "1"];
    const { code, stdout, stderr } = await start(process.execPath, args, { cwd: ROOT, timeout: 3 * TIMEOUT })
      .outcome;
    expect({ code, stderr }, stdout).to.deep.equal({ code: 0, stderr: "" });
    const tables = stdout.split(/^(?=One|Two)/m).slice(-2);
    expect(tables).to.have.lengthOf(2);
    for (const table of tables) {
      const rows = rowsOf({ code, stderr, stdout: table });
      expect(rows).to.include({ connected: `${CLIENTS}`, completed: `${CLIENTS}`, failed: "0" });
      // A client is with one that ends, unless it is done before; then it may be with another one that ends.
      expect(Number(rows["began anew after 1001"])).to.be.within(1, CLIENTS * 2);
    }
  });
});
