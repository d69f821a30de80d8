import { expect } from "chai";
import { processMetrics } from "../../../handlers/status/metrics.ts";
import { OWN_METRICS } from "../../../handlers/status/own-metrics.ts";
import { expositionOf, type ProcessMetrics, pastOf } from "../../../handlers/status/sum-metrics.ts";
import { stats, type ViewStats } from "../../../middleware/index.ts";
import { type Metric, parseExposition } from "../../support/exposition.ts";
import { statsOf } from "../../support/stats.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

function view(name: string, connections: number, messages = 0): ViewStats {
  const traffic = { messages, bytes: messages * 10 };
  return { view: name, connections, received: traffic, sent: traffic };
}

/** As it comes over a channel between processes. */
function sentOver(metrics: ProcessMetrics): ProcessMetrics {
  return JSON.parse(JSON.stringify(metrics));
}

async function read(...all: ProcessMetrics[]): Promise<Map<string, Metric>> {
  return parseExposition((await expositionOf(all.map(sentOver))).text);
}

function samplesOf(metrics: Map<string, Metric>, name: string): Record<string, number> {
  return Object.fromEntries(metrics.get(name)?.samples ?? []);
}

describe("the metrics of a process", () => {
  const network = useNetwork();

  it("are what its server counts", async () => {
    const { server, wsUrl } = await network.serveView(async (ws) => {
      for await (const message of ws) await ws.send(message);
    });
    const answer = processMetrics(() => stats(server));
    const [client, other] = [await network.open(wsUrl), await network.open(wsUrl)];
    client.ws.send("spam");
    await client.next();
    other.ws.close(4000);
    await untilTrue(() => stats(server).closes[4000] === 1);
    const metrics = await read(await answer());
    const own = OWN_METRICS.map(({ name }) => [name, samplesOf(metrics, name)]);
    expect(Object.fromEntries(own)).to.deep.equal({
      c10k_processes: { "": 1 },
      c10k_connections: { 'view="/"': 1 },
      c10k_paused_connections: { "": 0 },
      c10k_slow_connections: { "": 0 },
      c10k_handshakes_total: { 'status="101"': 2 },
      c10k_handshakes_aborted_total: { "": 0 },
      c10k_closes_total: { 'code="4000"': 1 },
      c10k_received_messages_total: { 'view="/"': 1 },
      c10k_received_bytes_total: { 'view="/"': 4 },
      c10k_sent_messages_total: { 'view="/"': 1 },
      c10k_sent_bytes_total: { 'view="/"': 4 },
    });
  });

  it("look at the server once each time they are asked for, and never before", async () => {
    let looks = 0;
    const answer = processMetrics(() => {
      looks += 1;
      return statsOf({ views: [view("/a/", 1)] });
    });
    expect(looks).to.equal(0);
    await answer();
    await answer();
    expect(looks).to.equal(2);
  });

  it("are named after the conventions of Prometheus, each with a help of its own", async () => {
    const metrics = await read(await processMetrics(() => statsOf())());
    const ours = [...metrics].filter(([name]) => name.startsWith("c10k_"));
    expect(ours).to.have.length(OWN_METRICS.length + 1);
    for (const [name, { type, help }] of ours) {
      expect(name).to.match(/^c10k_[a-z_]+$/);
      expect(name.endsWith("_total"), name).to.equal(type === "counter");
      expect(help).to.match(/^[A-Z]/);
    }
    expect(new Set(ours.map(([, { help }]) => help)).size).to.equal(ours.length);
  });

  it("have those of any Node process beside, and how late the event loop was", async () => {
    const metrics = await read(await processMetrics(() => statsOf())());
    for (const name of [
      "process_resident_memory_bytes",
      "process_cpu_seconds_total",
      "nodejs_heap_size_used_bytes",
    ])
      expect(samplesOf(metrics, name)[""], name).to.be.above(0);
    expect(samplesOf(metrics, "c10k_event_loop_delay_seconds")).to.have.keys(
      'quantile="0.5"',
      'quantile="0.99"',
    );
    expect([...metrics.keys()].filter((name) => name.includes("lag"))).to.deep.equal([]);
  });

  it("are read by Prometheus whatever a view is called", async () => {
    const name = 'a "view"\\with\nall {of} it, Ä';
    const metrics = await read(await processMetrics(() => statsOf({ views: [view(name, 1)] }))());
    expect(samplesOf(metrics, "c10k_connections")).to.deep.equal({
      'view="a \\"view\\"\\\\with\\nall {of} it, Ä"': 1,
    });
  });

  it("let go of what is not counted any more", async () => {
    let current = statsOf({ views: [view("/a/", 1)] });
    const answer = processMetrics(() => current);
    await answer();
    current = statsOf({ views: [view("/b/", 2)] });
    expect(samplesOf(await read(await answer()), "c10k_connections")).to.deep.equal({ 'view="/b/"': 2 });
  });
});

describe("the metrics of several processes", () => {
  const one = processMetrics(() =>
    statsOf({ views: [view("/a/", 1, 10), view("/b/", 2)], handshakes: { 101: 5 }, paused: 1 }),
  );
  const other = processMetrics(() =>
    statsOf({ views: [view("/a/", 3, 20)], handshakes: { 101: 7, 403: 1 }, paused: 1 }),
  );

  it("are their sum", async () => {
    const metrics = await read(await one(), await other());
    expect(samplesOf(metrics, "c10k_processes")).to.deep.equal({ "": 2 });
    expect(samplesOf(metrics, "c10k_connections")).to.deep.equal({ 'view="/a/"': 4, 'view="/b/"': 2 });
    expect(samplesOf(metrics, "c10k_received_bytes_total")).to.deep.equal({
      'view="/a/"': 300,
      'view="/b/"': 0,
    });
    expect(samplesOf(metrics, "c10k_handshakes_total")).to.deep.equal({
      'status="101"': 12,
      'status="403"': 1,
    });
    expect(samplesOf(metrics, "c10k_paused_connections")).to.deep.equal({ "": 2 });
  });

  it("have the event loop of the latest", async () => {
    const [a, b] = [sentOver(await one()), sentOver(await one())];
    for (const [metrics, delay] of [
      [a, 0.2],
      [b, 0.1],
    ] as const)
      for (const metric of metrics.filter(({ name }) => name === "c10k_event_loop_delay_seconds"))
        for (const sample of metric.values) sample.value = delay;
    expect(samplesOf(await read(b, a), "c10k_event_loop_delay_seconds")).to.deep.equal({
      'quantile="0.5"': 0.2,
      'quantile="0.99"': 0.2,
    });
  });

  it("of none are none", async () => {
    expect((await expositionOf([])).text).to.equal("\n");
    expect((await expositionOf([])).contentType).to.match(/^text\/plain; version=0\.0\.4/);
  });
});

describe("what stays of processes that have ended", () => {
  const first = processMetrics(() =>
    statsOf({ views: [view("/a/", 1, 10)], handshakes: { 101: 5 }, slow: 1 }),
  );
  const second = processMetrics(() => statsOf({ views: [view("/a/", 2, 20), view("/b/", 1, 1)] }));

  it("is what they have counted, and not what they had", async () => {
    const metrics = await read(await pastOf(undefined, sentOver(await first())));
    expect(samplesOf(metrics, "c10k_received_messages_total")).to.deep.equal({ 'view="/a/"': 10 });
    expect(samplesOf(metrics, "c10k_handshakes_total")).to.deep.equal({ 'status="101"': 5 });
    expect(samplesOf(metrics, "process_cpu_seconds_total")[""]).to.be.above(0);
    for (const { type } of metrics.values()) expect(type).to.not.equal("gauge");
  });

  it("adds up", async () => {
    const past = await pastOf(undefined, sentOver(await first()));
    const both = sentOver(await pastOf(past, sentOver(await second())));
    expect(samplesOf(await read(both, await second()), "c10k_received_messages_total")).to.deep.equal({
      'view="/a/"': 50,
      'view="/b/"': 2,
    });
  });
});
