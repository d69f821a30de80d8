import { expect } from "chai";
import type { WebSocket } from "ws";
import { childrenOf } from "../../support/children-of.ts";
import { CLI, type RunningCli, runCli, start, startCli } from "../../support/cli.ts";
import { echo, type LyingServer, startLyingServer } from "../../support/lying-server.ts";
import { startServer } from "../../support/server.ts";
import { rowsOf } from "../../support/table-rows.ts";
import { untilTrue } from "../../support/until.ts";

describe("testecho --processes, with a real server", () => {
  it("exits with 0 when every transcript was right", async () => {
    const server = await startServer();
    const args = ["--clients", "21", "--processes", "4", "--delay", "0.01"];
    const outcome = await runCli(["testecho", ...args, "--url", `${server.wsUrl}/test/ws/`]);
    await server.close();
    const { stdout, ...rest } = outcome;
    expect(rest).to.deep.equal({ code: 0, stderr: "" });
    expect(rowsOf(outcome)).to.include({ connected: "21", completed: "21", failed: "0" });
    expect(rowsOf(outcome).handshake).to.match(/^21 │ +\d/);
    expect(rowsOf(outcome).echo).to.match(/^63 │ +\d/);
    expect(stdout.match(/^│ connected/gm)).to.have.length(1);
  });

  it("gives the figures of all processes in one JSON", async () => {
    const server = await startServer();
    const args = ["--clients", "9", "--processes", "3", "--delay", "0", "--json"];
    const { stdout, ...rest } = await runCli(["testecho", ...args, "--url", `${server.wsUrl}/test/ws/`]);
    await server.close();
    expect(rest).to.deep.equal({ code: 0, stderr: "" });
    const result = JSON.parse(stdout);
    expect(result).to.include({ clients: 9, processes: 3, completed: 9, failed: 0, unfinished: 0 });
    expect([result.handshakeMs.count, result.echoMs.count]).to.deep.equal([9, 27]);
  });
});

describe("testecho --processes, with a server that waits for all clients", () => {
  const CLIENTS = 6;
  const ALL_CONNECTED = /^6 clients are connected!\n/m;
  let server: LyingServer;
  let sockets: WebSocket[];
  let sources: string[];

  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  beforeEach(async () => {
    sockets = [];
    sources = [];
    server = await startLyingServer((ws, { socket }) => {
      sockets.push(ws);
      sources.push(String(socket.remoteAddress?.replace("::ffff:", "")));
    });
  });

  afterEach(() => server.close());

  function startTestecho(...args: string[]): RunningCli {
    return startCli(["testecho", "--delay", "0", "--url", server.wsUrl, ...args], { detached: true });
  }

  /** Starts two processes, and waits until all of their clients are connected. */
  async function connectAll(): Promise<RunningCli> {
    const testecho = startTestecho("--clients", String(CLIENTS), "--processes", "2");
    await testecho.said(ALL_CONNECTED);
    return testecho;
  }

  function countClosed(): number {
    return sockets.filter(({ readyState, CLOSED }) => readyState === CLOSED).length;
  }

  function echoToAll(): void {
    for (const ws of sockets) echo(ws);
  }

  it("runs so many processes, and shows one progress and one table", async () => {
    const testecho = await connectAll();
    expect(childrenOf(testecho.process.pid)).to.have.length(2);
    echoToAll();
    const outcome = await testecho.outcome;
    expect(outcome).to.include({ code: 0, stderr: "" });
    expect(rowsOf(outcome)).to.include({ connected: "6", completed: "6", failed: "0" });
    expect(outcome.stdout.split("┌")[0]).to.equal(
      ">     1 connections\n>     2 connections\n>     3 connections\n" +
        ">     4 connections\n>     5 connections\n>     6 connections\n\n6 clients are connected!\n\n" +
        "<     5 connections\n<     4 connections\n<     3 connections\n" +
        "<     2 connections\n<     1 connections\n<     0 connections\n",
    );
  });

  it("runs one client itself, without another process", async () => {
    const testecho = startTestecho("--clients", "1");
    await testecho.said(/^1 clients are connected!\n/m);
    expect(childrenOf(testecho.process.pid)).to.deep.equal([]);
    echoToAll();
    expect((await testecho.outcome).code).to.equal(0);
  });

  it("tells of a process that was killed, and counts its clients as failed", async () => {
    const testecho = await connectAll();
    const [child = 0] = childrenOf(testecho.process.pid);
    process.kill(child, "SIGKILL");
    await testecho.said(/^A process ended early.*\n/m);
    echoToAll();
    const outcome = await testecho.outcome;
    expect(outcome).to.include({ code: 1, stderr: "3 of 6 clients failed\n" });
    expect(outcome.stdout).to.contain("A process ended early (SIGKILL): 3 of its 3 clients are lost\n");
    expect(outcome.stdout).to.contain("\n<     0 connections\n┌");
    expect(rowsOf(outcome)).to.include({ connected: "6", completed: "3", failed: "3" });
    expect(rowsOf(outcome)).to.include({ "process ended (SIGKILL)": "3" });
  });

  it("tells of a process that was killed before it began", async () => {
    const testecho = startTestecho("--clients", "2", "--processes", "2");
    await untilTrue(() => childrenOf(testecho.process.pid).length === 2);
    for (const child of childrenOf(testecho.process.pid)) process.kill(child, "SIGKILL");
    const outcome = await testecho.outcome;
    expect(outcome).to.include({ code: 1, stderr: "2 of 2 clients failed\n" });
    expect(rowsOf(outcome)).to.include({ failed: "2", "process ended (SIGKILL)": "2" });
  });

  it("tells at Ctrl-C what came of the clients so far, closes them, and exits as shells do", async () => {
    const testecho = await connectAll();
    const children = childrenOf(testecho.process.pid);
    // To the whole process group, as a terminal sends it.
    process.kill(-Number(testecho.process.pid), "SIGINT");
    const outcome = await testecho.outcome;
    expect(outcome).to.include({ code: 130, stderr: "" });
    expect(rowsOf(outcome)).to.include({ connected: "6", completed: "0", failed: "0" });
    expect(outcome.stdout).to.not.contain("ended early");
    for (const child of children) expect(() => process.kill(child, 0)).to.throw("ESRCH");
    await untilTrue(() => countClosed() === CLIENTS);
  });

  it("leaves no process behind when it is killed", async () => {
    const testecho = await connectAll();
    testecho.process.kill("SIGKILL");
    await untilTrue(() => countClosed() === CLIENTS);
    expect((await testecho.outcome).code).to.equal(null);
  });

  for (const [args, expected] of [
    [["--clients", "2"], { "127.0.0.1": 2 }],
    [["--clients", "3"], { "127.0.0.2": 2, "127.0.0.3": 1 }],
    [
      ["--clients", "7", "--processes", "2"],
      { "127.0.0.2": 2, "127.0.0.3": 2, "127.0.0.4": 2, "127.0.0.5": 1 },
    ],
  ] as const) {
    it(`connects ${args.join(" ")} from ${Object.keys(expected).length} addresses of four ports`, async () => {
      const testecho = startTestecho(...args, "--ports", "4");
      await testecho.said(/clients are connected!\n/);
      echoToAll();
      expect((await testecho.outcome).code).to.equal(0);
      const counts: Record<string, number> = {};
      for (const source of sources) counts[source] = (counts[source] ?? 0) + 1;
      expect(counts).to.deep.equal(expected);
    });
  }
});

describe("testecho --processes, where limits are low", () => {
  /** Runs `testecho` where a process may have a hundred files open. */
  function runLimited(...args: string[]) {
    const limited = ["-c", 'ulimit -n 100 && exec "$0" "$@"', process.execPath, CLI, "testecho", ...args];
    return start("sh", limited).outcome;
  }

  it("says which limit is too low for one process, and how many processes are enough", async () => {
    const { code, stdout, stderr } = await runLimited("--clients", "101");
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr).to.match(
      /^101 clients need 151 open files, but the limit \(ulimit -n\) is 100: run ".+" first, or use --processes 3\n$/,
    );
  });

  it("says so for each of several processes", async () => {
    const { stderr } = await runLimited("--clients", "101", "--processes", "2");
    expect(stderr).to.match(/^51 clients of a process need 101 open files.*, or use --processes 3\n$/);
  });

  it("does not advise more processes than there may be", async () => {
    const { stderr } = await runLimited("--clients", "1000000");
    expect(stderr).to.match(/^1000000 clients need 1000050 open files, .* first\n$/);
  });

  it("runs what fits", async () => {
    const server = await startServer();
    const args = [
      "--clients",
      "101",
      "--processes",
      "3",
      "--delay",
      "0",
      "--url",
      `${server.wsUrl}/test/ws/`,
    ];
    const { code, stderr } = await runLimited(...args);
    await server.close();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  });
});
