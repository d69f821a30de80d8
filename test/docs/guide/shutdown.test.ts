import { expect } from "chai";
import { websocket } from "../../../middleware/index.ts";
import type { RunningCli } from "../../support/cli.ts";
import { deferred } from "../../support/deferred.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { readSource } from "../../support/imports.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { rejection } from "../../support/rejection.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("docs/guide/shutdown.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/shutdown.md");
  const program = page.block("Shutdown", 1);
  const clock = page.block("Shutdown", 2);

  async function portOf(running: RunningCli): Promise<number> {
    const [, port] = await running.said(/"port":(\d+)/);
    return Number(port);
  }

  it("closes its connections with 1001 at SIGTERM, accepts no more, and ends by itself", async () => {
    const running = await program.start();
    const port = await portOf(running);
    const clients = await Promise.all([1, 2, 3].map(() => network.open(`ws://localhost:${port}/echo`)));
    clients[0]?.ws.send("Spam");
    expect(await clients[0]?.next()).to.equal("Spam");
    running.process.kill("SIGTERM");
    for (const { closed } of clients) expect((await closed).code).to.equal(1001);
    expect(await rejection(network.open(`ws://localhost:${port}/echo`))).to.be.instanceOf(Error);
    const { code, stderr } = await running.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  });

  it("stops a handler that waits for a timer, which is reported nowhere", async () => {
    const app = quietApp();
    const reports: unknown[] = [];
    const left = deferred();
    await clock.run({
      app,
      websocket: (handler: (...args: unknown[]) => Promise<unknown>) =>
        websocket((...args) => handler(...args).finally(() => setImmediate(left.resolve)), {
          onError: (error) => reports.push(error),
        }),
    });
    const server = await network.serve(app);
    const client = await network.open(`${server.wsUrl}/clock`);
    expect(await client.next()).to.match(/^\d{4}-\d\d-\d\dT/);
    await server.close();
    expect((await client.closed).code).to.equal(1001);
    await left.promise;
    expect(reports).to.deep.equal([]);
  });

  it("states the defaults of shutdown()", () => {
    const source = readSource("middleware/shutdown.ts");
    const text = readSource("docs/guide/shutdown.md");
    expect(source).to.contain(
      "timeout = 10_000, spread = Math.min(hook.transports.size / PACE, timeout / 2)",
    );
    expect(source).to.contain("const PACE = 2;");
    expect(text)
      .to.contain("`timeout`, 10,000 ms by default")
      .and.contain("1,000 ms for every 2,000 connections");
  });
});
