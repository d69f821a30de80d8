import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect } from "chai";
import { createApp } from "../../app.ts";
import { beginRequest } from "../support/begin-request.ts";
import { type RunningCli, start } from "../support/cli.ts";
import { startGame } from "../support/life-clients.ts";
import { readResponse } from "../support/raw-http.ts";
import { openAsSoonAsPossible, openRecording } from "../support/recording-client.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

const APP = fileURLToPath(new URL("../../dist/app.js", import.meta.url));

/** No address of any machine: it is kept for documentation (RFC 5737). */
const FOREIGN = "203.0.113.9";

/** So that no warning depends on the machine that the tests run on. */
const FEW = ["--connections", "100"];

type Env = NodeJS.ProcessEnv;

describe("node dist/app.js", () => {
  const network = useNetwork();
  let running: RunningCli[] = [];

  afterEach(async () => {
    const ending = running;
    running = [];
    for (const { process } of ending) process.kill("SIGKILL");
    await Promise.all(ending.map(({ outcome }) => outcome));
  });

  describe("starting", () => {
    it("says where it listens once it accepts", async () => {
      const { url } = await serve();
      expect(url).to.match(/^http:\/\/localhost:\d+\/$/);
      expect((await fetch(url)).status).to.equal(200);
    });

    it("goes by PORT and HOST, and by options before those", async () => {
      const other = await network.serve(createApp());
      const port = String(other.port);
      expect((await run([], { PORT: port })).stderr).to.contain(`Port ${port} is in use`);
      expect((await run(["--port", "0"], { HOST: FOREIGN })).stderr).to.contain(FOREIGN);
      const env = { PORT: port, HOST: FOREIGN };
      expect((await serve(["--port", "0", "--host", "127.0.0.1"], env)).url).to.match(
        /^http:\/\/127\.0\.0\.1:\d+\/$/,
      );
      expect((await serve([], { PORT: "0", HOST: "127.0.0.1" })).url).to.match(
        /^http:\/\/127\.0\.0\.1:\d+\/$/,
      );
    });

    it("listens on all addresses where HOST is empty, as where there is none", async () => {
      const { url } = await serve(["--port", "0"], { HOST: "" });
      expect(url).to.match(/^http:\/\/localhost:\d+\/$/);
    });

    it("shares nothing where REDIS_URL is empty, as where there is none", async () => {
      const { url } = await serve(["--port", "0"], { REDIS_URL: "" });
      const { status, away } = await (await fetch(`${url}healthz`)).json();
      expect({ status, away }).to.deep.equal({ status: "ok", away: undefined });
    });

    it("puts an IPv6 address in brackets", async function () {
      const addresses = Object.values(networkInterfaces()).flat();
      if (!addresses.some((entry) => entry?.address === "::1")) this.skip();
      const { url } = await serve(["--port", "0", "--host", "::1"]);
      expect(url).to.match(/^http:\/\/\[::1\]:\d+\/$/);
      expect((await fetch(url)).status).to.equal(200);
    });

    it("starts without the file name's ending, and through a link, as any script does", async () => {
      const folder = await mkdtemp(join(tmpdir(), "express-c10k-"));
      try {
        const link = join(folder, "linked.js");
        await symlink(APP, link);
        for (const script of [APP.replace(/\.js$/, ""), link]) {
          const { url } = await serve([], {}, script);
          expect((await fetch(url)).status).to.equal(200);
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    });

    it("does not start where it is only imported", async () => {
      const source = `await import(${JSON.stringify(pathToFileURL(APP).href)}); console.log("imported");`;
      const node = start(process.execPath, ["--input-type=module", "-e", source, "no-such-file"]);
      expect(await node.outcome).to.deep.equal({ code: 0, stdout: "imported\n", stderr: "" });
    });
  });

  describe("in one line", () => {
    it("says that the port is in use", async () => {
      const other = await network.serve(createApp());
      await expectRefusal(["--port", String(other.port)], `Port ${other.port} is in use: .* --port$`);
    });

    for (const port of ["-1", "65536", "80.5", "abc", "", "0x50", "1e3"]) {
      it(`refuses the port ${JSON.stringify(port)}`, async () => {
        await expectRefusal([`--port=${port}`], "--port.* integer from 0 to 65535\\.$");
        await expectRefusal([], "PORT.* integer from 0 to 65535\\.$", { PORT: port });
      });
    }

    it("refuses a host that is not this machine's, or that nobody knows", async () => {
      await expectRefusal(["--port", "0", "--host", FOREIGN], `${FOREIGN} \\(EADDRNOTAVAIL\\): .*--host$`);
      await expectRefusal(
        ["--port", "0", "--host", "nowhere.invalid"],
        "nowhere\\.invalid \\(\\w+\\): .*--host$",
      );
    });

    it("refuses options and arguments that it does not know", async () => {
      await expectRefusal(["--nonsense"], "unknown option '--nonsense'");
      await expectRefusal(["8000"], "too many arguments");
    });

    it("says which limit is too low for the connections that it is asked to hold, and how to raise it", async () => {
      const { code, stdout, stderr } = await runLimited(1000, ["--port", "0", "--connections", "5000"]);
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      expect(stderr).to.match(
        /^5000 connections need \d+ open files, but the limit \(ulimit -n\) is 1000: run "[^"]+" first\n$/,
      );
    });

    it("refuses a number of connections that is none", async () => {
      for (const count of ["0", "-1", "many", "1.5"]) {
        await expectRefusal([`--connections=${count}`], "--connections.* integer from 1 to ");
      }
    });
  });

  describe("warns", () => {
    it("where the limit is too low for ten thousand connections, and serves", async () => {
      const server = startLimited(200, ["--port", "0"]);
      const [, url = ""] = await server.said(/^Listening on (\S+)\n/);
      expect((await fetch(url)).status).to.equal(200);
      server.process.kill("SIGTERM");
      expect((await server.outcome).stderr).to.match(
        /^Too few open files for 10000 connections: .* is 200.*\n$/,
      );
    });
  });

  describe("told to stop", () => {
    for (const signal of ["SIGTERM", "SIGINT"] as const) {
      it(`by ${signal}, closes WebSockets with 1001, finishes requests in flight, and exits with 0`, async () => {
        const { server, url, wsUrl } = await serve();
        const paths = ["/watcher/", "/worker/", "/reset/", "/test/ws/"];
        const clients = await Promise.all(paths.map((path) => openRecording(wsUrl + path)));
        const request = await beginRequest(url);
        server.process.kill(signal);
        for (const { closed } of clients) expect((await closed).code).to.equal(1001);
        expect(server.process.exitCode).to.equal(null);
        request.write("eggs");
        expect((await readResponse(request)).status).to.equal(200);
        await request.readToEnd();
        request.socket.destroy();
        const { code, stderr } = await server.outcome;
        expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
      });
    }

    it("in the middle of a game, exits with 0 and without a word", async () => {
      const { server, wsUrl } = await serve();
      const workers = await startGame({ wsUrl }, 2);
      for (let step = 0; step < 100; step++) workers[0]?.send(`${step} 0 0 1`);
      server.process.kill("SIGTERM");
      for (const { closed } of workers) expect((await closed).code).to.equal(1001);
      const { code, stderr } = await server.outcome;
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    });

    it("refuses new connections", async () => {
      const { server, url, wsUrl } = await serve();
      const client = await openRecording(`${wsUrl}/watcher/`);
      const request = await beginRequest(url);
      server.process.kill("SIGTERM");
      await client.closed;
      expect(await fetch(url).catch(({ cause }) => cause.code)).to.equal("ECONNREFUSED");
      request.socket.destroy();
      expect((await server.outcome).code).to.equal(0);
    });

    for (const [first, second] of [
      ["SIGTERM", "SIGTERM"],
      ["SIGINT", "SIGINT"],
      ["SIGTERM", "SIGINT"],
      ["SIGINT", "SIGTERM"],
    ] as const) {
      it(`by ${first}, and again by ${second}, is killed by that whatever is in flight`, async () => {
        const { server, url, wsUrl } = await serve();
        const client = await openRecording(`${wsUrl}/watcher/`);
        const request = await beginRequest(url);
        server.process.kill(first);
        await client.closed;
        server.process.kill(second);
        await server.outcome;
        expect(server.process.signalCode).to.equal(second);
        request.socket.destroy();
      });
    }
  });

  describe("logs", () => {
    it("each request and each handshake, in the format that it is told", async () => {
      const { server, url, wsUrl } = await serve(["--port", "0", "--log", ":method :url :status"]);
      await fetch(`${url}none`);
      await openRecording(`${wsUrl}/test/ws/`);
      await server.said(/^Listening on .*\nGET \/none 404\nGET \/test\/ws\/ 101\n$/);
    });

    it("in morgan's tiny format where it is told nothing", async () => {
      const { server, wsUrl } = await serve();
      await openRecording(`${wsUrl}/test/ws/`);
      await server.said(/\nGET \/test\/ws\/ 101 - - \d+\.\d+ ms\n$/);
    });

    it("nothing at all where it is told off", async () => {
      const { server, url, wsUrl } = await serve(["--port", "0", "--log", "off"]);
      await fetch(`${url}none`);
      await fetch(`${url}test/ws/`);
      await openRecording(`${wsUrl}/test/ws/`);
      server.process.kill("SIGTERM");
      expect(await server.outcome).to.deep.equal({ code: 0, stdout: `Listening on ${url}\n`, stderr: "" });
    });

    it("refusals as requests, not as errors", async () => {
      const { server, url, wsUrl } = await serve(["--port", "0", "--log", ":status"]);
      const foreign = { headers: { Origin: "http://evil.example" } };
      for (const path of ["/test/ws/", "/worker/", "/watcher/", "/reset/"]) {
        expect((await fetch(new URL(path, url))).status).to.equal(426);
        expect(await openRecording(wsUrl + path, foreign).catch(String)).to.contain("403");
      }
      await server.said(/\n(426\n403\n){4}$/);
      server.process.kill("SIGTERM");
      expect((await server.outcome).stderr).to.equal("");
    });

    it("how a game comes about", async () => {
      const { server, wsUrl } = await serve(["--port", "0", "--log", "off"]);
      await startGame({ wsUrl }, 2);
      await server.said(/^Listening on .*\n {4}4 workers connected\n {4}4 workers subscribed\n$/);
    });
  });

  it("goes on when it is out of file descriptors, says so once, and accepts again when clients have left", async function () {
    if (process.platform === "win32") this.skip();
    const server = startLimited(80, ["--port", "0", "--log", "off", "--connections", "20"]);
    const [, port = ""] = await server.said(/^Listening on http:\/\/localhost:(\d+)\/\n/);
    const wsUrl = `ws://127.0.0.1:${port}`;
    const client = await openRecording(`${wsUrl}/test/ws/`);
    expect(await client.next()).to.equal("Hello!");

    const crowd = Array.from({ length: 200 }, () => connect(Number(port), "127.0.0.1"));
    let left = crowd.length;
    for (const socket of crowd) socket.on("error", () => {}).once("close", () => left--);
    await untilTrue(() => left <= 80);
    client.send("Spam?");
    expect(await client.next()).to.equal("1. Spam?");

    await Promise.all(crowd.map(leave));
    expect(await (await openAsSoonAsPossible(`${wsUrl}/test/ws/`)).next()).to.equal("Hello!");
    server.process.kill("SIGTERM");
    const { code, stderr } = await server.outcome;
    expect(code).to.equal(0);
    expect(stderr).to.match(/^Out of file descriptors: the limit \(ulimit -n\) is 80\. [^\n]+\n$/);
  });

  /** Starts the server, and waits until it says where it listens. */
  async function serve(args = ["--port", "0"], env: Env = {}, script = APP) {
    const server = launch(process.execPath, [script, ...FEW, ...args], { PORT: "0", ...env });
    const [, url = ""] = await server.said(/^Listening on (\S+)\n/);
    return { server, url, wsUrl: url.replace(/^http/, "ws").slice(0, -1) };
  }

  /** Runs what is not going to serve. */
  function run(args: readonly string[], env: Env = {}) {
    return launch(process.execPath, [APP, ...args], env).outcome;
  }

  async function expectRefusal(args: readonly string[], reason: string, env: Env = {}): Promise<void> {
    const { code, stdout, stderr } = await run(
      args.includes("--connections") ? args : [...FEW, ...args],
      env,
    );
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    expect(stderr.trimEnd()).to.match(new RegExp(`^[^\n]*${reason}`));
    expect(stderr.trimEnd().split("\n")).to.have.length(1);
  }

  function startLimited(limit: number, args: readonly string[]): RunningCli {
    return launch("/bin/sh", ["-c", `ulimit -n ${limit}; exec "$0" "$@"`, process.execPath, APP, ...args]);
  }

  function runLimited(limit: number, args: readonly string[]) {
    return startLimited(limit, args).outcome;
  }

  function launch(program: string, args: readonly string[], env: Env = {}): RunningCli {
    const server = start(program, args, { env: { PORT: undefined, HOST: undefined, ...env } });
    running.push(server);
    return server;
  }
});

async function leave(socket: Socket): Promise<void> {
  if (socket.destroyed) return;
  socket.destroy();
  await once(socket, "close");
}
