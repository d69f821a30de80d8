import { expect } from "chai";
import type { Bus } from "../../../handlers/bus/bus.ts";
import { Hub } from "../../../handlers/bus/hub.ts";
import { memoryBus } from "../../../handlers/bus/memory-bus.ts";
import { LOOKS, REPORTS } from "../../../handlers/status/channels.ts";
import { type Frame, KEPT, parseFrame, type Report, type Sample } from "../../../handlers/status/protocol.ts";
import { Reporter } from "../../../handlers/status/reporter.ts";
import { viewer } from "../../../handlers/status/viewer.ts";
import { Viewers } from "../../../handlers/status/viewers.ts";
import type { Connection } from "../../../middleware/connection.ts";
import { stats } from "../../../middleware/index.ts";
import { websocket } from "../../../middleware/websocket.ts";
import { quietApp } from "../../support/quiet-app.ts";
import type { TestServer } from "../../support/server.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

/** A process that tells of itself, and what passes on its bus. */
interface Process {
  readonly server: TestServer;
  readonly reporter: Reporter;
  readonly url: string;
}

/** For how long processes report after they heard of a viewer, in milliseconds: some seconds, in each of which they do. */
const LOOK_TIMEOUT = 3_000;

/** No process reports that is silent for so many milliseconds. */
const SILENCE = 2_500;

describe("Viewers", () => {
  const network = useNetwork();
  let hub: Hub;
  let spy: Bus;
  let looks: string[];
  let reports: Report[];
  let heardAt: number;

  beforeEach(async () => {
    hub = new Hub();
    spy = memoryBus(hub);
    looks = [];
    reports = [];
    spy.subscribe(LOOKS, { hear: (look) => looks.push(look) });
    spy.subscribe(REPORTS, { hear });
  });

  afterEach(() => spy.close());

  function hear(text: string): void {
    reports.push(...reportsOf(text));
    heardAt = performance.now();
  }

  /** @param bus Default: one that it shares with the others */
  async function start(bus = memoryBus(hub)): Promise<Process> {
    const app = quietApp();
    const server = await network.serve(app);
    const reporter = new Reporter(bus, () => stats(server.server), LOOK_TIMEOUT);
    const viewers = new Viewers(bus, reporter);
    app.get(
      "/feed/",
      websocket((ws) => viewer(ws, viewers)),
    );
    app.get(
      "/echo/",
      websocket(async (ws) => {
        for await (const message of ws) await ws.send(message);
      }),
    );
    return { server, reporter, url: `${server.wsUrl}/feed/` };
  }

  it("welcome a viewer with who serves it", async () => {
    const { url, reporter } = await start();
    const ws = await network.connect(url);
    expect(await recvFrame(ws)).to.deep.equal({ type: "welcome", process: reporter.id, kept: KEPT });
  });

  it("tell a viewer a sample a second of this process, which counts it", async () => {
    const { url, reporter, server } = await start();
    const ws = await network.connect(url);
    await network.connect(`${server.wsUrl}/echo/`);
    const [first, second] = [await recvSample(ws, reporter.id), await recvSample(ws, reporter.id)];
    expect(second.time).to.be.above(first.time);
    expect(second.views).to.deep.equal({ "/feed/": 1, "/echo/": 1 });
    expect(second.messagesOut).to.be.above(0);
  });

  it("tell a later viewer what was told before", async () => {
    const { url, reporter } = await start();
    const first = await recvSample(await network.connect(url), reporter.id);
    const late = await network.connect(url);
    expect(await recvSample(late, reporter.id)).to.deep.equal(first);
  });

  it("tell what the other processes report, and what they kept", async () => {
    const [here, there] = [await start(), await start()];
    const watched = await network.connect(there.url);
    const kept = await recvSample(watched, there.reporter.id);
    await watched.close();
    const ws = await network.connect(here.url);
    expect(await recvSample(ws, there.reporter.id)).to.deep.equal(kept);
    expect((await recvSample(ws, there.reporter.id)).time).to.be.above(kept.time);
    await recvSample(ws, here.reporter.id);
  });

  it("tell what came of all processes in one second in one frame", async () => {
    const [here, there] = [await start(), await start()];
    const ws = await network.connect(here.url);
    for (;;) {
      const frame = await recvFrame(ws);
      const ids = frame.type === "reports" ? frame.reports.map(({ process }) => process.id) : [];
      if (ids.length === 1) continue;
      if (ids.length === 2)
        expect(new Set(ids)).to.deep.equal(new Set([here.reporter.id, there.reporter.id]));
      if (ids.length === 2) return;
    }
  });

  it("pass over what they cannot read", async () => {
    const { url, reporter } = await start();
    const ws = await network.connect(url);
    await recvSample(ws, reporter.id);
    for (const text of [
      "",
      "{}",
      '{"type":"reports","reports":[{}]}',
      '{"type":"welcome","process":"x","kept":1}',
    ])
      spy.publish(REPORTS, text);
    await recvSample(ws, reporter.id);
  });

  it("say nothing to other processes where there can be none", async () => {
    const { url, reporter } = await start(memoryBus());
    await recvSample(await network.connect(url), reporter.id);
    expect({ looks, reports }).to.deep.equal({ looks: [], reports: [] });
  });

  it("let all processes rest a while after the last viewer has left", async () => {
    const here = await start();
    await start();
    const ws = await network.connect(here.url);
    await untilTrue(() => reports.length > 1);
    await ws.close();
    await untilTrue(() => performance.now() > heardAt + SILENCE);
    expect(looks[0]).to.equal("begin");
  });
});

function reportsOf(text: string): readonly Report[] {
  const frame = parseFrame(text);
  return frame?.type === "reports" ? frame.reports : [];
}

async function recvFrame(ws: Connection): Promise<Frame> {
  const text = String(await ws.recv());
  const frame = parseFrame(text);
  if (!frame) throw new Error(`Not a frame: ${text}`);
  return frame;
}

/** The next sample of a process. */
async function recvSample(ws: Connection, id: string): Promise<Sample> {
  for (;;) {
    const frame = await recvFrame(ws);
    const samples = frame.type === "reports" ? frame.reports.filter(({ process }) => process.id === id) : [];
    const [sample] = samples.flatMap((report) => report.samples);
    if (sample) return sample;
  }
}
