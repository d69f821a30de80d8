import { expect } from "chai";
import { findServer } from "../../commands/find-server.ts";
import { openBare } from "../support/bare-client.ts";
import { runCli, startCli } from "../support/cli.ts";
import { rejection } from "../support/rejection.ts";
import { startServer } from "../support/server.ts";
import { TIMEOUT } from "../support/timeouts.ts";

describe("demo", () => {
  it("starts a server and a Gosper gun on it, and ends both quietly at Ctrl-C", async function () {
    // Four thousand workers have to connect.
    const timeout = 4 * TIMEOUT;
    this.timeout(timeout);
    const demo = startCli(["demo", "--port", "0"], { timeout });
    const [, address] = await demo.said(
      /A Gosper gun fires on http(\S+)\/: open it in a browser\. Ctrl-C ends it\.\n/,
    );
    const wsUrl = `ws${address}`;
    const watcher = await openBare(`${wsUrl}/watcher/`);
    expect(await watcher.next()).to.match(/^\d+ \d+ \d+ [01]$/);
    demo.process.kill("SIGINT");
    const { code, stderr } = await demo.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 130, stderr: "" });
    expect(String(await rejection(findServer(wsUrl)))).to.contain("No server at");
  });

  it("says that the port is in use", async () => {
    const server = await startServer();
    const { code, stdout, stderr } = await runCli(["demo", "--port", String(server.port)]);
    await server.close();
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(/^Port \d+ is in use.*\nThe server did not start\n$/);
  });
});
