import { expect } from "chai";
import { usePage } from "../support/docs/use-page.ts";
import { readSource } from "../support/imports.ts";

describe("docs/deploy.md", () => {
  const page = usePage("docs/deploy.md");
  const text = readSource("docs/deploy.md");

  page.commands("A rolling restart", {
    "npm run rolling -- --clients 10000": [
      "test/deploy/rolling.integration.ts",
      "restarts all servers under testecho without one failed client",
    ],
  });

  page.commands("Sizing", {
    "npm run sizing -- --connections 9900": [
      "test/deploy/sizing.integration.ts",
      "shows what a WebSocket takes of servers, nginx and kernel",
    ],
  });

  it("says of the server and of the files what they are", () => {
    const backlog = /^const BACKLOG = (\d+);/m.exec(readSource("commands/serve/server.ts"))?.[1];
    expect(Number(backlog).toLocaleString("en")).to.equal("4,096");
    for (const [file, setting] of [
      ["docs/deploy/express-c10k.service", "TimeoutStopSec=20"],
      ["docs/deploy/compose.yaml", "stop_grace_period: 15s"],
      ["docs/deploy/nginx.conf", "keepalive_timeout 4s"],
      ["docs/deploy/nginx.conf", "proxy_read_timeout 60s"],
      ["docs/deploy/nginx.conf", "worker_connections 65536"],
    ] as const) {
      expect(readSource(file)).to.contain(setting);
    }
  });

  it("calculates right", () => {
    const rows = Array.from(
      text.matchAll(/^\| (.*?) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|$/gm),
      ([, name, ...cells]) => ({
        name,
        cells: cells.map((cell) => Number(cell?.replace(/ .*/, "").replaceAll(",", ""))),
      }),
    );
    const row = (start: string) => rows.find(({ name }) => name?.startsWith(start))?.cells;
    const connections = row("connections") ?? [];
    const pairs = (ports: number) => connections.map((count) => Math.ceil(count / ports));
    expect(connections).to.deep.equal([10_000, 100_000, 1_000_000]);
    expect(row("pairs of address and port")).to.deep.equal(pairs(28_232));
    expect(row("… with 64,512")).to.deep.equal(pairs(64_512));
    expect(row("processes, 50,000 each")).to.deep.equal(pairs(50_000));
    expect(row("files that nginx has open")).to.deep.equal(connections.map((count) => 2 * count));
    expect(row("pings a second")).to.deep.equal(connections.map((count) => count / 20));
    const seconds = connections.map((count, at) => count / 11_126 / (pairs(50_000)[at] ?? 1));
    expect(row("seconds until all have shaken hands")).to.deep.equal(
      seconds.map((one) => Number(one.toFixed(1))),
    );
  });
});
