import { unsubscribe } from "node:diagnostics_channel";
import { expect } from "chai";
import { Router } from "express";
import { stats, websocket } from "../../../middleware/index.ts";
import { tableBelow } from "../../support/docs/tables.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { echo } from "../../support/echo.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("docs/guide/metrics.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/metrics.md", {
    names: {
      games: 'import("express").Router',
      worker: '(ws: import("express-c10k").Connection) => Promise<void>',
      log: "(line: string) => void",
    },
  });
  const program = page.block("Metrics and events", 1);
  const naming = page.block("The name of a view", 1);
  const events = page.block("Events", 1);

  it("feeds prom-client with what the server counts", async () => {
    const running = await program.start();
    const [, port] = await running.said(/"port":(\d+)/);
    const client = await network.open(`ws://localhost:${port}/echo/ann`);
    for (const message of ["spam", "eggs"]) {
      client.ws.send(message);
      expect(await client.next()).to.equal(message);
    }
    const text = await (await fetch(`http://localhost:${port}/metrics`)).text();
    expect(text)
      .to.contain('app_websockets{view="/echo/:name"} 1\n')
      .and.contain('app_websocket_messages_total{view="/echo/:name"} 2\n');
  });

  it("names a view of a router that is mounted on a pattern", async () => {
    const app = quietApp();
    const games = Router();
    app.use("/games/:name", games);
    await naming.run({ games, worker: echo, websocket });
    const server = await network.serve(app);
    await network.open(`${server.wsUrl}/games/a/worker`);
    await network.open(`${server.wsUrl}/games/b/worker`);
    await untilTrue(() => stats(server.server).views[0]?.connections === 2);
    expect(stats(server.server).views.map(({ view }) => view)).to.deep.equal(["/games/:name/worker"]);
  });

  it("hears of each connection", async () => {
    const lines: string[] = [];
    const { exports } = await events.run<Record<"onOpen" | "onClose", (message: unknown) => void>>(
      { log: (line: string) => lines.push(line) },
      "onOpen",
      "onClose",
    );
    const { wsUrl } = await network.serveView(echo);
    const client = await network.open(`${wsUrl}/?a=b`);
    client.ws.close();
    await untilTrue(() => lines.length === 2);
    expect(lines[0]).to.equal("/ opened for /?a=b");
    expect(lines[1]).to.match(/^\/ closed with 1005: 0 messages in \d+ ms$/);
    unsubscribe("express-c10k:open", exports.onOpen);
    unsubscribe("express-c10k:close", exports.onClose);
  });

  it("has all that stats() gives in its table", async () => {
    const { server } = await network.serveView(echo);
    const names = tableBelow("docs/guide/metrics.md", "Metrics and events").map(([name]) => name);
    expect(names).to.deep.equal(Object.keys(stats(server)));
  });
});
