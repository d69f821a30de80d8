import { expect } from "chai";
import { type Frame, parseFrame } from "../../../handlers/status/protocol.ts";
import { openRecording, type RecordingClient } from "../../support/recording-client.ts";
import { useWorkers, type WorkersServer } from "../../support/use-workers.ts";

describe("what node dist/app.js tells of itself", () => {
  const workers = useWorkers();

  before(function () {
    if (process.platform === "win32") this.skip();
  });

  /** Opens the feed of the status page. */
  function look({ wsUrl }: WorkersServer): Promise<RecordingClient> {
    return openRecording(`${wsUrl}/status/feed/`);
  }

  it("is of all processes, to a viewer of each", async () => {
    const server = await workers.serve(2);
    const guests = [await server.open(), await server.open(), await server.open()];
    const pids = new Set(guests.map(({ pid }) => pid));
    const viewers = [await look(server), await look(server)];
    for (const viewer of viewers) {
      const counts = await countsOf(viewer, 3);
      expect(new Set(counts.keys())).to.deep.equal(pids);
    }
  });

  it("is summed over all processes in the metrics, and does not fall when one is replaced", async () => {
    const server = await workers.serve(2);
    const guests = [await server.open(), await server.open(), await server.open()];
    const metric = (name: string) => metricOf(server.url, name);
    expect(await metric('c10k_connections{view="/test/ws/"}')).to.equal(3);
    expect(await metric("c10k_processes")).to.equal(2);
    expect(await metric('c10k_handshakes_total{status="101"}')).to.equal(3);
    server.server.process.kill("SIGHUP");
    await server.server.said(/^Reloaded: 2 workers are new\n/m);
    expect(await metric('c10k_connections{view="/test/ws/"}')).to.equal(0);
    expect(await metric("c10k_processes")).to.equal(2);
    expect(await metric('c10k_handshakes_total{status="101"}')).to.equal(3);
    expect(await metric('c10k_closes_total{code="1001"}')).to.equal(guests.length);
    await server.open();
    expect(await metric('c10k_handshakes_total{status="101"}')).to.equal(4);
  });

  it("keeps in its sums what a process counted that was killed, as far as it was asked", async () => {
    const server = await workers.serve(2);
    const guest = await server.open();
    await server.open();
    const metric = (name: string) => metricOf(server.url, name);
    expect(await metric('c10k_handshakes_total{status="101"}')).to.equal(2);
    process.kill(guest.pid, "SIGKILL");
    await server.server.complained(/another one takes its place\n/m);
    expect(await metric('c10k_handshakes_total{status="101"}')).to.equal(2);
    expect(await metric('c10k_connections{view="/test/ws/"}')).to.equal(1);
  });
});

/** Reads until one frame's processes have so many clients of the echo demo together; gives how many each has, by its process. */
async function countsOf(viewer: RecordingClient, total: number): Promise<Map<number, number>> {
  for (;;) {
    const frame: Frame | undefined = parseFrame(String(await viewer.next()));
    if (frame?.type !== "reports") continue;
    const counts = new Map(
      frame.reports.map(({ process, samples }) => [process.pid, samples.at(-1)?.views["/test/ws/"] ?? 0]),
    );
    if ([...counts.values()].reduce((sum, count) => sum + count, 0) === total) return counts;
  }
}

/** A value of the metrics: 0 where there is none. */
async function metricOf(url: string, name: string): Promise<number> {
  const text = await (await fetch(new URL("/metrics", url))).text();
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}
