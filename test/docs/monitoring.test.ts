import { expect } from "chai";
import { parse } from "yaml";
import { processMetrics } from "../../handlers/status/metrics.ts";
import { OWN_METRICS } from "../../handlers/status/own-metrics.ts";
import { KEPT } from "../../handlers/status/protocol.ts";
import { expositionOf } from "../../handlers/status/sum-metrics.ts";
import { tableBelow } from "../support/docs/tables.ts";
import { usePage } from "../support/docs/use-page.ts";
import { type Metric, parseExposition } from "../support/exposition.ts";
import { readSource } from "../support/imports.ts";
import { statsOf } from "../support/stats.ts";

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets: readonly {
    readonly expr: string;
    readonly legendFormat: string;
    readonly refId: string;
  }[];
}

async function scrape(): Promise<Map<string, Metric>> {
  const view = {
    view: "/",
    connections: 1,
    received: { messages: 1, bytes: 1 },
    sent: { messages: 1, bytes: 1 },
  };
  const answer = processMetrics(() =>
    statsOf({ views: [view], handshakes: { 101: 1 }, closes: { 1000: 1 } }),
  );
  return parseExposition((await expositionOf([await answer()])).text);
}

describe("docs/monitoring.md", () => {
  const page = usePage("docs/monitoring.md");
  const job = page.block("Metrics", 1);

  page.commands("Who may see it", {
    "STATUS_TOKEN=$(openssl rand -hex 16) node dist/app.js": [
      "test/commands/serve/status.integration.ts",
      "is for those who have the token of its environment",
    ],
  });

  page.commands("The status page", {
    "npm run status:cost": [
      "test/status-cost/main.integration.ts",
      "shows how much of a core a viewer takes of a server",
    ],
  });

  it("has all metrics of ours in its table", async () => {
    const metrics = await scrape();
    const ours = [...metrics].filter(([name]) => name.startsWith("c10k_"));
    const labels = new Map(OWN_METRICS.map(({ name, label }) => [name, label ?? ""]));
    expect(tableBelow("docs/monitoring.md", "Metrics")).to.deep.equal(
      ours.map(([name, { type, help }]) => [name, type, labels.get(name) ?? "quantile", help]),
    );
  });

  it("has a job that sends the token as the server wants it", () => {
    const [{ authorization, static_configs, metrics_path = "/metrics" }] = parse(job.code).scrape_configs;
    expect(metrics_path).to.equal("/metrics");
    expect(authorization).to.deep.equal({ credentials: "TOKEN" });
    for (const target of static_configs[0].targets) expect(target).to.match(/^server\d:8000$/);
  });

  it("says for how long samples are kept", () => {
    expect(KEPT).to.equal(10 * 60);
    expect(readSource("docs/monitoring.md")).to.contain("Samples of the last ten minutes are kept");
  });
});

describe("docs/grafana.json", () => {
  const { panels, templating } = JSON.parse(readSource("docs/grafana.json"));

  it("asks for metrics and labels that there are", async () => {
    const metrics = await scrape();
    const known = new Map(
      [...metrics].map(([name, { samples }]) => [
        name,
        new Set(
          [...samples.keys()].flatMap((key) => Array.from(key.matchAll(/(\w+)=/g), ([, label]) => label)),
        ),
      ]),
    );
    for (const { title, targets } of panels as Panel[]) {
      for (const { expr, legendFormat } of targets) {
        const names = Array.from(
          expr.matchAll(/\b((?:c10k|process|nodejs)_\w+)\{/g),
          ([, name]) => name ?? "",
        );
        expect(names, title).to.not.deep.equal([]);
        const labels = new Set(names.flatMap((name) => [...(known.get(name) ?? [])]));
        for (const name of names) expect(known.has(name), `${title} asks for ${name}`).to.equal(true);
        const asked = [/\bby \((\w+)\)/g, /[{,] *(\w+)=/g].flatMap((pattern) =>
          Array.from(expr.matchAll(pattern)),
        );
        const shown = Array.from(legendFormat.matchAll(/\{\{(\w+)\}\}/g));
        for (const [, label = ""] of [...asked, ...shown])
          expect(label === "instance" || labels.has(label), `${title} has ${label}`).to.equal(true);
      }
    }
  });

  it("has every metric of ours on some panel", () => {
    const text = JSON.stringify(panels);
    for (const { name } of OWN_METRICS) expect(text).to.contain(`${name}{`);
    expect(text).to.contain("c10k_event_loop_delay_seconds{");
  });

  it("asks only for the servers that were chosen, of the data source that was", () => {
    for (const { targets } of panels as Panel[])
      for (const { expr } of targets)
        expect(expr.replaceAll('instance=~"$instance"', "")).to.not.match(/_\w+\[/);
    expect(templating.list.map(({ name }: { name: string }) => name)).to.deep.equal([
      "datasource",
      "instance",
    ]);
  });

  it("has panels that say what they are, side by side", () => {
    const taken = new Set<string>();
    for (const { title, description, gridPos, targets } of panels as Panel[]) {
      expect(title).to.not.equal("");
      expect(description).to.match(/\.$/);
      expect(new Set(targets.map(({ refId }) => refId)).size).to.equal(targets.length);
      expect(gridPos.x + gridPos.w).to.be.at.most(24);
      for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++) {
        for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
          expect(taken.has(`${x} ${y}`), title).to.equal(false);
          taken.add(`${x} ${y}`);
        }
      }
    }
    expect(new Set((panels as Panel[]).map(({ id }) => id)).size).to.equal(panels.length);
  });
});
