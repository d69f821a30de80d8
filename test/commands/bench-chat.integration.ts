import { readdirSync } from "node:fs";
import { expect } from "chai";
import { startCli } from "../support/cli.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { useDirectory } from "../support/use-directory.ts";

describe("bench-chat", () => {
  const directory = useDirectory();

  it("measures a room of both sides, and shows a table", async function () {
    this.timeout(4 * TIMEOUT);
    const args = ["--quick", "--members", "50", "--runs", "2"];
    const bench = startCli(["bench-chat", ...args], { timeout: 3 * TIMEOUT });
    for (const name of ["express-c10k", "socket\\.io"]) {
      await bench.said(
        new RegExp(`^1 of 2, ${name}: p50 [\\d.,]+ ms, p99 [\\d.,]+ ms \\(one message\\), `, "m"),
      );
    }
    const { code, stdout, stderr } = await bench.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.contain(`Node.js ${process.version}, `).and.to.contain("\n50 members in one room\n");
    expect(stdout).to.match(/^│ express-c10k │ +[\d.]+ {2}[\d.]+ × │/m);
    expect(stdout).to.match(/^│ socket\.io +│ +[\d.]+ │/m);
  });

  it("ends its processes with itself, and leaves no file", async function () {
    this.timeout(4 * TIMEOUT);
    const env = { TMPDIR: directory() };
    const args = ["--quick", "--members", "50", "--runs", "100", "--only", "express-c10k"];
    const bench = startCli(["bench-chat", ...args], { env, timeout: 3 * TIMEOUT });
    await bench.said(/^1 of 100, express-c10k/m);
    bench.process.kill("SIGTERM");
    // Its standard error is theirs, too: it is closed when the last of them has ended.
    expect(await bench.outcome).to.include({ code: 143, stderr: "" });
    expect(readdirSync(directory())).to.deep.equal([]);
  });
});
