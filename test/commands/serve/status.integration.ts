import { readFileSync } from "node:fs";
import { expect } from "chai";
import { type Frame, parseFrame } from "../../../handlers/status/protocol.ts";
import { childrenOf } from "../../support/children-of.ts";
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

  it("is for those who have the token of its environment", async () => {
    const { url } = await workers.serve(2, { env: { STATUS_TOKEN: "s3cret" } });
    // Each of the two processes is asked.
    for (let i = 0; i < 4; i++) {
      expect((await ask(url)).status).to.equal(401);
      expect((await ask(url, "Bearer s3cret")).status).to.equal(200);
    }
  });

  it("is for those who have the token of its options, which no other process shows", async () => {
    const server = workers.launch(["--port", "0", "--workers", "2", "--status-token", "s3cret"]);
    const [, url = ""] = await server.said(/^Listening on (\S+) with \d+ workers\n/m);
    expect((await ask(url)).status).to.equal(401);
    expect((await ask(url, "Bearer s3cret")).status).to.equal(200);
    const children = childrenOf(server.process.pid ?? 0);
    expect(children).to.have.length(2);
    for (const pid of children) expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).to.not.contain("s3cret");
  });

  it("is for everybody where it is public, by whichever process", async () => {
    const server = workers.launch(["--port", "0", "--workers", "2", "--status", "public"]);
    const [, url = ""] = await server.said(/^Listening on (\S+) with \d+ workers\n/m);
    for (let i = 0; i < 4; i++) expect((await ask(url)).status).to.equal(200);
  });

  it("is for this machine alone otherwise, also where the token is empty", async () => {
    const { url } = await workers.serve(2, { env: { STATUS_TOKEN: "" } });
    expect((await ask(url)).status).to.equal(403);
    expect((await fetch(new URL("/metrics", url))).status).to.equal(200);
  });

  it("is refused, in one line, for nobody in particular, or with a token that no header could carry", async () => {
    for (const [args, message] of [
      [["--status", "friends"], /^[^\n]*--status.*Allowed choices are local, public\.\n$/],
      [["--status-token", "two words"], /^[^\n]*--status-token.*without a space\.\n$/],
    ] as const) {
      const { code, stderr } = await workers.launch(args).outcome;
      expect(code).to.equal(1);
      expect(stderr).to.match(message);
    }
  });
});

/** Asks for the metrics as another machine does, behind a proxy. */
function ask(url: string, authorization?: string): Promise<Response> {
  const headers = { "X-Forwarded-For": "192.0.2.1", ...(authorization && { Authorization: authorization }) };
  return fetch(new URL("/metrics", url), { headers });
}

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
