import { expect } from "chai";
import { startCli } from "../support/cli.ts";
import { findRedis } from "../support/redis-server.ts";
import { TIMEOUT } from "../support/timeouts.ts";

describe("bench-life", () => {
  it("measures games, and shows a table", async function () {
    this.timeout(4 * TIMEOUT);
    const args = ["--quick", "--runs", "2", "--only", "small"];
    const bench = startCli(["bench-life", ...args], { timeout: 3 * TIMEOUT });
    await bench.said(/^1 of 2, small: [\d.,]+ steps\/s \(32x32\)$/m);
    const { code, stdout, stderr } = await bench.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.contain(`Node.js ${process.version}, `);
    expect(stdout).to.match(/^│ small +│ +[\d.,]+\.\.[\d.,]+ │/m);
  });

  it("measures a game on many processes, and over Redis where there is one", async function () {
    this.timeout(6 * TIMEOUT);
    const bench = startCli(["bench-life", "--quick", "--only", "workers,redis"], { timeout: 5 * TIMEOUT });
    const { code, stdout, stderr } = await bench.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    const measured = findRedis() ? ["one", "workers", "redis"] : ["one", "workers"];
    for (const name of measured)
      expect(stdout).to.match(new RegExp(`^1 of 1, ${name}: [\\d.,]+ steps/s`, "m"));
    expect(stdout).to.match(/^│ workers +│/m);
  });

  it("ends its processes with itself", async function () {
    this.timeout(4 * TIMEOUT);
    const bench = startCli(["bench-life", "--quick", "--only", "stuck"], { timeout: 3 * TIMEOUT });
    // By then the other game has begun.
    await bench.said(/^1 of 1, small/m);
    bench.process.kill("SIGTERM");
    // Its standard error is theirs, too: it is closed when the last of them has ended.
    expect(await bench.outcome).to.include({ code: 143, stderr: "" });
  });
});
