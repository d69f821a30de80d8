import { expect } from "chai";
import type { WebSocket } from "ws";
import { runCli, startCli } from "../support/cli.ts";
import { deferred } from "../support/deferred.ts";
import { echo, type LyingServer, startLyingServer, startRefusingServer } from "../support/lying-server.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { rowsOf } from "../support/table-rows.ts";

describe("testecho, with a real server", () => {
  let server: TestServer;

  before(async () => {
    server = await startServer();
  });

  after(() => server.close());

  it("exits with 0 when every transcript was right", async () => {
    const args = ["--clients", "50", "--delay", "0.05", "--url", `${server.wsUrl}/test/ws/`];
    const outcome = await runCli(["testecho", ...args]);
    const { stdout, ...rest } = outcome;
    expect(rest).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^> +\d+ connections$/m);
    expect(stdout).to.contain("\n<     0 connections\n┌");
    expect(rowsOf(outcome)).to.include({ connected: "50", completed: "50", failed: "0" });
  });

  it("tells how long handshakes and echoes took", async () => {
    const args = ["--clients", "5", "--delay", "0", "--url", `${server.wsUrl}/test/ws/`];
    const rows = rowsOf(await runCli(["testecho", ...args]));
    expect(rows.handshake).to.match(/^5 │( +\d+\.\d(?: │|$)){5}/);
    expect(rows.echo).to.match(/^15 │( +\d+\.\d(?: │|$)){5}/);
  });

  it("gives one JSON document for scripts, and nothing else", async () => {
    const url = `${server.wsUrl}/test/ws/`;
    const args = ["--clients", "5", "--delay", "0.01", "--json", "--url", url];
    const { stdout, ...rest } = await runCli(["testecho", ...args]);
    expect(rest).to.deep.equal({ code: 0, stderr: "" });
    const { durationSeconds, handshakeMs, echoMs, ...result } = JSON.parse(stdout);
    expect(result).to.deep.equal({
      command: "testecho",
      url,
      ...{ clients: 5, processes: 1, delaySeconds: 0.01 },
      ...{ connected: 5, completed: 5, failed: 0, unfinished: 0, returned: 0, failures: {} },
    });
    expect(durationSeconds).to.be.above(0.03);
    expect([handshakeMs.count, echoMs.count]).to.deep.equal([5, 15]);
  });

  it("tells at Ctrl-C what came of the clients so far, and exits as shells do", async () => {
    // The first clients connect at once, and none is done before fifteen seconds.
    const args = ["--clients", "200", "--delay", "5", "--url", `${server.wsUrl}/test/ws/`];
    const testecho = startCli(["testecho", ...args]);
    await testecho.said(/^> {4}10 connections\n/);
    testecho.process.kill("SIGINT");
    const outcome = await testecho.outcome;
    expect(outcome).to.include({ code: 130, stderr: "" });
    expect(Number(rowsOf(outcome).connected)).to.be.within(10, 200);
    expect(rowsOf(outcome)).to.include({ completed: "0", failed: "0" });
  });
});

describe("testecho, with a server that lies", () => {
  let server: LyingServer;

  afterEach(() => server.close());

  /** Runs four clients against a server that talks to each as it is told to; all of them fail. */
  async function failures(
    lie: (ws: WebSocket) => void,
    ...options: string[]
  ): Promise<Record<string, string>> {
    server = await startLyingServer(lie);
    return failuresAt(server, ...options);
  }

  async function failuresAt({ wsUrl }: LyingServer, ...options: string[]): Promise<Record<string, string>> {
    const args = ["--clients", "4", "--delay", "0.01", "--url", wsUrl, ...options];
    const outcome = await runCli(["testecho", ...args]);
    expect(outcome).to.include({ code: 1, stderr: "4 of 4 clients failed\n" });
    return rowsOf(outcome);
  }

  it("gives at Ctrl-C, as JSON, what came of them so far", async () => {
    const came = deferred();
    server = await startLyingServer(() => came.resolve());
    const testecho = startCli([
      "testecho",
      "--clients",
      "2",
      "--delay",
      "0",
      "--json",
      "--url",
      server.wsUrl,
    ]);
    await came.promise;
    testecho.process.kill("SIGINT");
    const { code, stdout, stderr } = await testecho.outcome;
    expect({ code, stderr }).to.deep.equal({ code: 130, stderr: "" });
    expect(JSON.parse(stdout)).to.include({ completed: 0, failed: 0, unfinished: 2, echoMs: null });
  });

  it("gives failures by cause as JSON, and exits with 1", async () => {
    server = await startLyingServer((ws) => ws.close(1011, "Oops"));
    const args = ["--clients", "2", "--delay", "0", "--json", "--url", server.wsUrl];
    const { code, stdout, stderr } = await runCli(["testecho", ...args]);
    expect({ code, stderr }).to.deep.equal({ code: 1, stderr: "2 of 2 clients failed\n" });
    const failures = { "closed by the server with 1011 (Oops)": 2 };
    expect(JSON.parse(stdout)).to.deep.include({ connected: 2, failed: 2, unfinished: 0, failures });
  });

  it("counts nothing against one that does not", async () => {
    server = await startLyingServer((ws) => echo(ws));
    const outcome = await runCli(["testecho", "--clients", "4", "--delay", "0.01", "--url", server.wsUrl]);
    expect(outcome).to.include({ code: 0, stderr: "" });
  });

  for (const word of ["Hello!", "1. Spam?", "2. Eggs!", "3. Node.", "Goodbye!"]) {
    it(`counts those that heard something else than ${word}`, async () => {
      const rows = await failures((ws) => echo(ws, { [word]: "Lobster Thermidor" }));
      expect(rows).to.include({ connected: "4", completed: "0", failed: "4" });
      expect(rows).to.include({ [`wrong message instead of "${word}"`]: "4" });
    });
  }

  it("counts those whose message was binary", async () => {
    const rows = await failures((ws) => ws.send(Buffer.from("Hello!")));
    expect(rows).to.include({ 'wrong message instead of "Hello!"': "4" });
  });

  it("counts those that were closed early, even if with 1000", async () => {
    const rows = await failures((ws) => ws.close(1000));
    expect(rows).to.include({ completed: "0", "closed by the server with 1000": "4" });
  });

  it("lets them begin anew where the server restarts, as often as they may", async () => {
    let sentAway = 0;
    server = await startLyingServer((ws) => {
      if (sentAway++ < 4) ws.close(1001);
      else echo(ws);
    });
    const args = ["--clients", "4", "--delay", "0.01", "--restarts", "4", "--url", server.wsUrl];
    const outcome = await runCli(["testecho", ...args]);
    expect(outcome).to.include({ code: 0, stderr: "" });
    expect(rowsOf(outcome)).to.include({ connected: "4", completed: "4", failed: "0" });
    expect(rowsOf(outcome)).to.include({ "began anew after 1001": "4" });
  });

  it("counts those whose server restarted once more than they bear", async () => {
    const rows = await failures((ws) => ws.close(1001), "--restarts", "1");
    expect(rows).to.include({ "began anew after 1001": "4", "closed by the server with 1001": "4" });
  });

  it("counts those that were closed with another code in the end", async () => {
    const rows = await failures((ws) => echo(ws, {}, 1001));
    expect(rows).to.include({ connected: "4", completed: "0", "closed by the server with 1001": "4" });
  });

  it("counts those that were told more after the end", async () => {
    const rows = await failures((ws) => {
      echo(ws);
      const close = ws.close.bind(ws);
      ws.close = (code) => ws.send("And another thing", () => close(code));
    });
    expect(rows).to.include({ 'message after "Goodbye!"': "4" });
  });

  it("counts those whose connection broke", async () => {
    const rows = await failures((ws) => ws.terminate());
    expect(rows).to.include({ connected: "4", "connection lost": "4" });
  });

  it("counts those that were not answered", async () => {
    const rows = await failures(() => {}, "--timeout", "0.1");
    expect(rows).to.include({ connected: "4", "no answer in time": "4" });
  });

  it("counts those that were refused the handshake", async () => {
    server = await startRefusingServer(503);
    const rows = await failuresAt(server);
    expect(rows).to.include({ connected: "0", "HTTP 503 instead of a WebSocket": "4" });
  });

  it("tells causes apart", async () => {
    let count = 0;
    const rows = await failures((ws) => {
      count += 1;
      if (count === 1) ws.close(1011, "Oops");
      else ws.send("Hi!");
    });
    expect(rows).to.include({
      "closed by the server with 1011 (Oops)": "1",
      'wrong message instead of "Hello!"': "3",
    });
  });
});
