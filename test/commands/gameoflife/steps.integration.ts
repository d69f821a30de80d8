import { on } from "node:events";
import { expect } from "chai";
import type { WebSocket } from "ws";
import { type Outcome, runCli } from "../../support/cli.ts";
import { deferred } from "../../support/deferred.ts";
import { type LyingServer, startLyingServer } from "../../support/lying-server.ts";

const WELL: Outcome = { code: 0, stdout: "", stderr: "" };

/** A worker's connection, as a server's script holds it. */
class Peer {
  readonly #ws: WebSocket;
  readonly #messages: AsyncIterator<unknown[]>;

  constructor(ws: WebSocket) {
    this.#ws = ws;
    this.#messages = on(ws, "message", { close: ["close"] });
  }

  say(line: string): void {
    this.#ws.send(line);
  }

  /** The next line that the worker says; nothing at the connection's end. */
  async next(): Promise<string> {
    const { value } = await this.#messages.next();
    return value === undefined ? "" : String(value[0]);
  }

  /** Lets the worker play; gives what it said of itself. */
  async admit(run = "run"): Promise<string> {
    const introduction = await this.next();
    await this.start(run);
    return introduction;
  }

  /** Lets the worker play that has said who it is. */
  async start(run = "run"): Promise<void> {
    this.say("steps");
    while ((await this.next()) !== "sub");
    this.say(run);
  }

  close(code: number, reason = ""): void {
    this.#ws.close(code, reason);
  }

  cut(): void {
    this.#ws.terminate();
  }
}

describe("gameoflife, with a server in steps that keeps to a script", () => {
  let server: LyingServer;

  afterEach(() => server.close());

  /** Starts a server that gives each worker to the script, with the number of its connection from 0. */
  async function serve(script: (peer: Peer, connection: number) => Promise<void>): Promise<void> {
    let connections = 0;
    server = await startLyingServer((ws, { url }) => {
      if (url === "/worker/") void script(new Peer(ws), connections++);
      else
        ws.once("message", () => {
          ws.send("a-game");
          ws.close(1000);
        });
    });
  }

  /** Plays from a random start. The only cell of a torus of size 1 is its own neighbour. */
  function play(size: number, steps: number, processes = 1): Promise<Outcome> {
    const args = { size, steps, speed: 1000, random: 1, processes, url: server.wsUrl };
    return runCli([
      "gameoflife",
      ...Object.entries(args).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    ]);
  }

  for (const code of [1000, 1001, 1011, 1012, 1013, 4001]) {
    it(`comes back after a close with ${code}, with its key and what it knows of its cell`, async () => {
      const introductions: string[] = [];
      await serve(async (peer, connection) => {
        introductions.push(await peer.admit());
        peer.say(`${connection} 0`);
        expect(await peer.next()).to.match(/^[12] 0$/);
        if (connection === 0) peer.close(code);
      });
      expect(await play(1, 2)).to.deep.equal(WELL);
      const [first = "", second = "", ...others] = introductions;
      const [, key] = /^a-game 1 0 0 ([\w-]{1,64}) 0 [23]$/.exec(first) ?? [];
      expect(second).to.match(new RegExp(`^a-game 1 0 0 ${key} 1 (4|6)$`));
      expect(others).to.deep.equal([]);
    });
  }

  it("goes on from where the server says that the cell stands", async () => {
    const told: string[] = [];
    await serve(async (peer) => {
      await peer.admit("run 7 9");
      peer.say("7 0");
      told.push(await peer.next(), await peer.next());
    });
    expect(await play(1, 8)).to.deep.equal(WELL);
    expect(told).to.deep.equal(["8 0", ""]);
  });

  it("tells nothing of a game that the server knows to be through", async () => {
    const told: string[] = [];
    await serve(async (peer) => {
      await peer.admit("run 8 9");
      told.push(await peer.next());
    });
    expect(await play(1, 8)).to.deep.equal(WELL);
    expect(told).to.deep.equal([""]);
  });

  it("gives a cell up that somebody else lives, and goes on with the others", async () => {
    let admitted = 0;
    await serve(async (peer, connection) => {
      if (connection === 0) return peer.close(1008, "Another worker lives this cell");
      await peer.admit();
      peer.say("0 0");
      admitted += 1;
    });
    expect(await play(2, 1)).to.deep.equal(WELL);
    expect(admitted).to.equal(3);
  });

  it("breaks off when somebody else lives all of its cells", async () => {
    await serve(async (peer) => peer.close(1008, "Another worker lives this cell"));
    const { code, stderr } = await play(2, 1);
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^The game broke off [^\n]*: closed by the server with 1008 \(Another worker lives this cell\)\n$/,
    );
  });

  it("goes on in its other processes when somebody else lives all cells of one", async () => {
    await serve(async (peer) => {
      const introduction = await peer.next();
      if (/^a-game 2 0 /.test(introduction)) return peer.close(1008, "Another worker lives this cell");
      await peer.start();
      peer.say("0 0");
    });
    expect(await play(2, 1, 2)).to.deep.equal({
      ...WELL,
      stderr:
        "A process gives its 2 cells up: closed by the server with 1008 (Another worker lives this cell)\n",
    });
  });

  it("breaks off when somebody else lives all cells of all processes", async () => {
    await serve(async (peer) => peer.close(1008, "Another worker lives this cell"));
    const { code, stderr } = await play(2, 1, 2);
    expect(code).to.equal(1);
    expect(stderr).to.match(
      /^(A process gives its 2 cells up: [^\n]*\n){2}The game broke off: closed by the server with 1008 [^\n]*\n$/,
    );
  });

  it("breaks off when another game was started meanwhile", async () => {
    await serve(async (peer, connection) => {
      if (connection > 0) return peer.close(4000, "A new game was started");
      await peer.admit();
      peer.cut();
    });
    const { code, stderr } = await play(1, 1);
    expect(code).to.equal(1);
    expect(stderr).to.match(/: closed by the server with 4000 \(A new game was started\)\n$/);
  });

  it("ends with all others though a worker that had to come back is not told to go on any more", async () => {
    const isBack = deferred<void>();
    await serve(async (peer, connection) => {
      if (connection === 4) return isBack.resolve();
      await peer.admit();
      if (connection > 0) await isBack.promise;
      peer.say("0 0");
      expect(await peer.next()).to.match(/^1 [01]$/);
      if (connection === 0) peer.cut();
    });
    expect(await play(2, 1)).to.deep.equal(WELL);
  });

  for (const [what, lines, told] of [
    ["to go on, and not to subscribe", ["run"], '"run" instead of "steps"'],
    ["where its cell stands, but not how", ["steps", "run 5"], '"run 5" instead of "run"'],
    ["of more states than the step has", ["steps", "run 5 1000"], '"run 5 1000" instead of "run"'],
    ["something else than a step", ["steps", "run", "0"], '"0" instead of a step'],
    ["of a step that is not its own", ["steps", "run", "1 0"], "cell 0 0 at step 0 received 1 0"],
    ["of more neighbours than it has", ["steps", "run", "0 8"], "cell 0 0 at step 0 received 0 8"],
  ] as const) {
    it(`says that a worker was told ${what}`, async () => {
      await serve(async (peer, connection) => {
        if (connection === 0) for (const line of lines) peer.say(line);
      });
      const { code, stderr } = await play(2, 9);
      expect(code).to.equal(1);
      expect(stderr)
        .to.match(/^Protocol error: [^\n]+\n$/)
        .and.contain(told);
    });
  }
});
