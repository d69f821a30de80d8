import { fileURLToPath } from "node:url";
import { expect } from "chai";
import type { WebSocket } from "ws";
import { openBare } from "../support/bare-client.ts";
import { type RunningCli, runCli, start, startCli } from "../support/cli.ts";
import { GameRecorder } from "../support/game-recorder.ts";
import { type LyingServer, startLyingServer, startRefusingServer } from "../support/lying-server.ts";
import { startServer, type TestServer } from "../support/server.ts";

const APP = fileURLToPath(new URL("../../dist/app.js", import.meta.url));

/** A game of 3×3 cells that does not end by itself. */
function startGame(wsUrl: string, ...options: string[]): RunningCli {
  return startCli(["gameoflife", "--size", "3", "--speed", "1000", "--url", wsUrl, ...options]);
}

describe("gameoflife, with a server that plays fair", () => {
  let server: TestServer;
  let recorder: GameRecorder | undefined;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(async () => {
    recorder?.close();
    await server.close();
  });

  /** Starts a game, and waits until it is at step 2. */
  async function startedGame(wsUrl: string, ...options: string[]): Promise<RunningCli> {
    recorder = await GameRecorder.open(wsUrl, 3);
    const game = startGame(wsUrl, ...options);
    await recorder.grids(2);
    return game;
  }

  it("ends quietly at Ctrl-C, with the exit code of shells", async () => {
    const game = await startedGame(server.wsUrl);
    game.process.kill("SIGINT");
    expect(await game.outcome).to.deep.equal({ code: 130, stdout: "", stderr: "" });
  });

  it("plays a game of its own beside others, by its name", async () => {
    const game = await startedGame(server.wsUrl);
    const options = ["--size", "2", "--steps", "3", "--speed", "1000", "--game", "tea & co"];
    const bad = await runCli(["gameoflife", "--url", server.wsUrl, ...options]);
    expect(bad.code).to.equal(1);
    expect(bad.stderr).to.equal(
      "error: option '--game <name>' argument 'tea & co' is invalid. It must be 1 to 64 letters, digits, \"-\" and \"_\".\n",
    );
    const other = await runCli(["gameoflife", "--url", server.wsUrl, ...options.slice(0, -1), "tée"]);
    expect(other).to.deep.equal({ code: 0, stdout: "", stderr: "" });
    game.process.kill("SIGINT");
    expect((await game.outcome).code).to.equal(130);
  });

  it("gives one JSON document for scripts, and nothing else", async () => {
    const options = ["--size", "2", "--steps", "5", "--speed", "1000", "--game", "tea", "--json"];
    const { stdout, ...rest } = await runCli(["gameoflife", "--url", server.wsUrl, ...options]);
    expect(rest).to.deep.equal({ code: 0, stderr: "" });
    const { durationSeconds, stepsPerSecond, stepMs, ...result } = JSON.parse(stdout);
    expect(result).to.deep.equal({
      command: "gameoflife",
      url: [server.wsUrl],
      ...{ game: "tea", size: 2, wrap: true, processes: 1, speed: 1000, steps: 5, step: 5 },
    });
    expect(stepMs.count).to.equal(5);
    expect(stepsPerSecond).to.be.within(1, 1001);
    expect(durationSeconds).to.be.above(0);
  });

  it("times the steps in one of several processes", async () => {
    const options = ["--size", "3", "--steps", "6", "--speed", "1000", "--processes", "2", "--json"];
    const { stdout, code } = await runCli(["gameoflife", "--url", server.wsUrl, ...options]);
    expect(code).to.equal(0);
    const { step, processes, stepMs } = JSON.parse(stdout);
    expect({ step, processes, count: stepMs.count }).to.deep.equal({ step: 6, processes: 2, count: 6 });
  });

  it("gives at Ctrl-C, as JSON, what came of it so far", async () => {
    recorder = await GameRecorder.open(server.wsUrl, 3);
    const game = startGame(server.wsUrl, "--json");
    await recorder.grids(2);
    game.process.kill("SIGINT");
    const { code, stdout } = await game.outcome;
    expect(code).to.equal(130);
    expect(JSON.parse(stdout))
      .to.deep.include({ game: null, steps: null })
      .and.have.property("step")
      .above(0);
  });

  it("says that someone else started a new game", async () => {
    const game = await startedGame(server.wsUrl);
    // The recorder would take the next game for this one.
    recorder?.close();
    const other = await openBare(`${server.wsUrl}/reset/`);
    other.ws.send("5");
    const { code, stderr } = await game.outcome;
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^The game broke off at step \d+: closed by the server with 4000 \(A new game was started\)\n$/,
    );
  });

  it("says that the server shut down", async () => {
    const game = await startedGame(server.wsUrl, "--patience", "0");
    await server.close();
    const { code, stderr } = await game.outcome;
    expect(code).to.equal(1);
    expect(stderr).to.match(/^The game broke off at step \d+: closed by the server with 1001.*\n$/);
  });

  it("says that the server was lost", async () => {
    const app = start(process.execPath, [APP, "--port", "0", "--log", "off"]);
    const [, address] = await app.said(/Listening on http(\S+)\/\n/);
    const game = await startedGame(`ws${address}`, "--patience", "0");
    app.process.kill("SIGKILL");
    const { code, stderr } = await game.outcome;
    expect(code).to.equal(1);
    expect(stderr).to.match(/^The game broke off at step \d+: (connection lost|ECONNRESET|EPIPE)\n$/);
  });
});

describe("gameoflife, with a server that does not", () => {
  let server: LyingServer;

  afterEach(() => server.close());

  /** Starts a server that resets as it should, and does to a worker what it is told. */
  async function startServerOfWorkers(live: (ws: WebSocket) => void): Promise<void> {
    server = await startLyingServer((ws, { url }) => {
      if (url === "/worker/") live(ws);
      else ws.once("message", () => ws.close(1000));
    });
  }

  /** Runs a game of one cell, or of more; gives the line that it ends with. */
  async function failure(size = 1): Promise<string> {
    const { code, stdout, stderr } = await runCli([
      "gameoflife",
      ...["--size", String(size), "--steps", "9", "--pattern", "blinker", "--url", server.wsUrl],
    ]);
    expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
    return stderr;
  }

  it("finds the views below the path of the URL", async () => {
    const paths: (string | undefined)[] = [];
    server = await startLyingServer((ws, { url }) => {
      paths.push(url);
      if (url === "/life/worker/") ws.close(1011, "Enough");
      else ws.once("message", () => ws.close(1000));
    });
    await runCli(["gameoflife", "--size", "1", "--url", `${server.wsUrl}/life`]);
    expect(paths).to.deep.equal(["/life/reset/", "/life/worker/"]);
  });

  for (const [knows, options] of [
    ["says yes to any subprotocol, and knows none", {}],
    ["knows no subprotocol", { handleProtocols: () => false as const }],
  ] as const) {
    it(`plays with a server that ${knows}`, async () => {
      const heard: string[] = [];
      server = await startLyingServer((ws, { url }) => {
        if (url === "/reset/") {
          ws.once("message", () => ws.close(1000));
          return;
        }
        ws.send("sub");
        ws.on("message", (data) => {
          heard.push(String(data));
          ws.send(String(data) === "sub" ? "run" : String(data));
        });
      }, options);
      const args = ["--size", "1", "--steps", "2", "--no-wrap", "--random", "1", "--url", server.wsUrl];
      expect(await runCli(["gameoflife", ...args])).to.deep.equal({ code: 0, stdout: "", stderr: "" });
      expect(heard).to.match(/^sub,0 0 0 [01],1 0 0 0,2 0 0 0$/);
    });
  }

  it("says that there is no view to reset", async () => {
    server = await startRefusingServer(404);
    expect(await failure(3)).to.equal(
      "The server started no game of size 3: HTTP 404 instead of a WebSocket\n",
    );
  });

  it("says that the server refuses the size", async () => {
    server = await startLyingServer((ws) => ws.close(1007, "Too small"));
    expect(await failure(3)).to.equal(
      "The server started no game of size 3: closed by the server with 1007 (Too small)\n",
    );
  });

  it("says that a worker was turned away", async () => {
    await startServerOfWorkers((ws) => ws.close(1008, "A worker too many"));
    expect(await failure(3)).to.match(
      /^The game broke off .*: closed by the server with 1008 \(A worker too many\)\n$/,
    );
  });

  it("says that a worker was not told to subscribe", async () => {
    await startServerOfWorkers((ws) => ws.send("run"));
    expect(await failure(3)).to.equal('Protocol error: a worker received "run" instead of "sub"\n');
  });

  for (const [what, line, told] of [
    ["that is no update", "0 0 0 2", 'a worker received "0 0 0 2" instead of an update'],
    ["from a cell that is no neighbour", "0 7 7 1", /cell \d \d at step 0 received 0 7 7 1/],
    ["from two steps ahead", "2 1 1 1", /cell \d \d at step 0 received 2 1 1 1/],
  ] as const) {
    it(`says that a worker received a line ${what}`, async () => {
      await startServerOfWorkers((ws) => {
        ws.send("sub");
        ws.on("message", (data) => {
          if (String(data) !== "sub") return;
          ws.send("run");
          ws.send(line);
        });
      });
      const text = await failure(3);
      expect(text).to.match(/^Protocol error: [^\n]+\n$/);
      if (typeof told === "string") expect(text).to.contain(told);
      else expect(text).to.match(told);
    });
  }

  it("refuses a binary message", async () => {
    await startServerOfWorkers((ws) => ws.send(Buffer.from("sub")));
    expect(await failure(3)).to.match(/^Protocol error: /);
  });
});
