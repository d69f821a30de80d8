import { expect } from "chai";
import { createProgram } from "../../commands/program.ts";
import { CLI, type Outcome, runCli, start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { startServer, type TestServer } from "../support/server.ts";

/** How a command ends that cannot be run: with one line, and nothing on standard output. */
function refusal(line: string): Outcome {
  return { code: 1, stdout: "", stderr: `${line}\n` };
}

describe("the CLI", () => {
  it("shows its commands, and how npm wants options to be written", async () => {
    const { code, stdout } = await runCli(["--help"]);
    expect(code).to.equal(0);
    for (const name of ["testecho", "gameoflife", "chat", "demo", "bench", "bench-life", "bench-chat"])
      expect(stdout).to.contain(`\n  ${name} `);
    expect(stdout).to.contain("npm run cmd testecho -- --clients 1000 --delay 10");
  });

  it("is what npx runs in a checkout", async () => {
    const { code, stdout } = await start("npx", ["--no", "--", "c10k", "--help"], { cwd: ROOT }).outcome;
    expect(code).to.equal(0);
    expect(stdout).to.equal((await runCli(["--help"])).stdout);
  });

  for (const [name, options] of [
    [
      "testecho",
      ["--clients", "--processes", "--delay", "--timeout", "--restarts", "--url", "--json", "--ports"],
    ],
    [
      "gameoflife",
      [
        "-s, --size",
        "-p, --pattern",
        "-C, --no-center",
        "-W, --no-wrap",
        "-n, --steps",
        "-l, --speed",
        "--url",
        "--random",
        "--processes",
        "--json",
        "--resume",
        "--patience",
      ],
    ],
    ["chat", ["--nick", "--since", "--json", "--url"]],
    ["demo", ["--port"]],
    ["bench", ["--only", "--quick", "--runs", "--json", "--svg", "--check"]],
    ["bench-life", ["--only", "--quick", "--runs"]],
    ["bench-chat", ["--only", "--quick", "--members", "--runs"]],
  ] as const) {
    it(`shows the options of ${name}, and how npm wants them to be written`, async () => {
      const { code, stdout } = await runCli([name, "--help"]);
      expect(code).to.equal(0);
      for (const option of options) expect(stdout).to.contain(`\n  ${option} `);
      expect(stdout).to.contain("npm run cmd gameoflife -- --size 64");
    });
  }

  for (const command of createProgram(process.stdout, AbortSignal.abort()).commands) {
    const name = command.name();

    it(`shows examples of ${name}, with options that it has`, async () => {
      const { stdout } = await runCli([name, "--help"]);
      const lines = Array.from(stdout.matchAll(/^ {2}# \S.*\n {2}npx c10k (.+)$/gm), ([, line = ""]) => line);
      expect(lines).to.not.be.empty;
      for (const line of lines) {
        const [first, ...args] = line.replace(/ [|<] .*/, "").split(" ");
        expect(first).to.equal(name);
        const { operands, unknown } = command.exitOverride().parseOptions(args);
        expect({ unknown, operands: operands.length }).to.deep.equal({
          unknown: [],
          operands: command.registeredArguments.length,
        });
      }
    });

    it(`suggests an option of ${name} for one with an error in it`, async () => {
      for (const { long } of command.options) {
        const mistyped = `${long}x`;
        const { code, stderr } = await runCli([name, mistyped, "1"]);
        expect(code).to.equal(1);
        expect(stderr).to.contain(`error: unknown option '${mistyped}'\n(Did you mean ${long}?)\n`);
      }
    });
  }

  it("shows its help without a command, and exits with 1", async () => {
    const { code, stderr } = await runCli([]);
    expect(code).to.equal(1);
    expect(stderr).to.contain("Usage: c10k");
  });

  for (const [args, line] of [
    [["testehco"], "error: unknown command 'testehco'\n(Did you mean testecho?)"],
    [["gameoflife", "--sise", "3"], "error: unknown option '--sise'\n(Did you mean --size?)"],
    [["gameoflife", "glider"], "error: too many arguments for 'gameoflife'. Expected 0 arguments but got 1."],
    [
      ["gameoflife", "-s", "1001"],
      "error: option '-s, --size <cells>' argument '1001' is invalid. It must be an integer from 1 to 1000.",
    ],
    [
      ["gameoflife", "--steps=-1"],
      "error: option '-n, --steps <number>' argument '-1' is invalid. It must be an integer from 0 to 999999999.",
    ],
    [
      ["gameoflife", "-l", "0"],
      "error: option '-l, --speed <steps>' argument '0' is invalid. It must be a number from 0.001 to 1000000.",
    ],
    [
      ["gameoflife", "--random", "x"],
      "error: option '--random <seed>' argument 'x' is invalid. It must be an integer from 0 to 4294967295.",
    ],
    [
      ["gameoflife", "-p", "glider", "--random", "1"],
      "error: option '-p, --pattern <name>' cannot be used with option '--random <seed>'",
    ],
    [["chat"], "error: missing required argument 'room'"],
    [
      ["chat", "tea time"],
      "error: command-argument value 'tea time' is invalid for argument 'room'. " +
        'It must be 1 to 64 letters, digits, "-" and "_".',
    ],
    [
      ["chat", "tea", "--nick", "\u200b"],
      "error: option '--nick <nick>' argument '\u200b' is invalid. " +
        "It must be 1 to 32 characters that can be seen, no control characters.",
    ],
    [
      ["chat", "tea", "--url", "http://localhost"],
      "error: option '--url <url>' argument 'http://localhost' is invalid. It must be a URL that starts with ws:// or wss://.",
    ],
    [
      ["testecho", "--clients", "many"],
      "error: option '--clients <number>' argument 'many' is invalid. It must be an integer from 1 to 1000000.",
    ],
    [
      ["testecho", "--processes", "0"],
      "error: option '--processes <number>' argument '0' is invalid. It must be an integer from 1 to 256.",
    ],
    [
      ["testecho", "--processes", "9", "--clients", "8"],
      "9 processes are more than 8 clients need: use --processes 8 or fewer",
    ],
    [
      ["testecho", "--ports", "1"],
      "error: option '--ports <number>' argument '1' is invalid. It must be an integer from 2 to 65535.",
    ],
    [
      ["testecho", "--delay", "1m"],
      "error: option '--delay <seconds>' argument '1m' is invalid. It must be a number from 0 to 86400.",
    ],
    [
      ["testecho", "--url", "localhost"],
      "error: option '--url <url>' argument 'localhost' is invalid. It must be a URL that starts with ws:// or wss://.",
    ],
    [
      ["demo", "--port", "65536"],
      "error: option '--port <port>' argument '65536' is invalid. It must be an integer from 0 to 65535.",
    ],
    [
      ["bench", "--only", "ws,wss"],
      "error: option '--only <names>' argument 'ws,wss' is invalid. There is no wss: choose among " +
        "express-c10k, ws, express-ws, @fastify/websocket, websocket-express, socket.io, bun.",
    ],
    [
      ["bench", "--runs", "0"],
      "error: option '--runs <number>' argument '0' is invalid. It must be an integer from 1 to 100.",
    ],
    [
      ["bench-life", "--only", "small,"],
      "error: option '--only <names>' argument 'small,' is invalid. There is no game without a name: choose among " +
        "original, small, stuck, large, one, workers, redis.",
    ],
    [
      ["bench-chat", "--only", "ws"],
      "error: option '--only <names>' argument 'ws' is invalid. There is no ws: choose among express-c10k, socket.io.",
    ],
    [
      ["bench-chat", "--members", "1"],
      "error: option '--members <number>' argument '1' is invalid. It must be an integer from 2 to 100000.",
    ],
    [["bench", "--check", "--quick"], "error: option '--check' cannot be used with option '--quick'"],
    [["gameoflife", "-p", "gosper"], "Pattern 36x9 does not fit a 32x32 grid: use --size 36 or larger"],
    [
      ["gameoflife", "-p", "nothing"],
      "Pattern nothing cannot be read: name a file, or one of " +
        "acorn, beacon, blinker, breeder, diehard, glider, gosper, gosper-left, gun-pair, hwss, lwss, max, mwss, " +
        "new-gun, pentadecathlon, pulsar, r-pentomino, simkin, toad",
    ],
  ] as const) {
    it(`refuses ${args.join(" ")}`, async () => {
      expect(await runCli(args)).to.deep.equal(refusal(line));
    });
  }

  it("says that npm swallowed an option", async () => {
    const env = { npm_lifecycle_event: "cmd", npm_config_delay: "true" };
    const outcome = await runCli(["testecho", "10"], { env });
    const line =
      'npm kept --delay for itself: put "--" before the options, as in "npm run cmd testecho -- --delay …"';
    expect(outcome).to.deep.equal(refusal(line));
  });

  describe("without a server", () => {
    let gone: TestServer;

    before(async () => {
      gone = await startServer();
      await gone.close();
    });

    for (const [command, path] of [
      ["testecho", "/test/ws/"],
      ["gameoflife", ""],
      ["chat tea", ""],
    ] as const) {
      it(`says how to start one for ${command}`, async () => {
        const url = gone.wsUrl + path;
        const outcome = await runCli([...command.split(" "), "--url", url]);
        expect(outcome).to.deep.equal(refusal(`No server at ${url}: start one with "npm start"`));
      });
    }
  });

  describe("with too few file descriptors", () => {
    for (const [command, what, otherwise] of [
      [
        "testecho --clients 1000 --url ws://localhost:1",
        "1000 clients need 1050 open files",
        ", or use --processes 13",
      ],
      ["gameoflife --size 32 --url ws://localhost:1", "1024 workers need 1074 open files", ""],
      ["bench", "10000 connections need 10050 open files", ""],
      ["bench-life", "10000 workers need 10050 open files", ""],
      ["bench-chat", "10000 members need 10050 open files", ""],
    ] as const) {
      it(`says which limit is too low for ${command}`, async () => {
        const script = `ulimit -n 128; exec "$0" "$1" ${command}`;
        const { code, stdout, stderr } = await start("sh", ["-c", script, process.execPath, CLI]).outcome;
        expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
        expect(stderr).to.match(
          new RegExp(`^${what}, but the limit \\(ulimit -n\\) is 128: run ".*" first${otherwise}\n$`),
        );
      });
    }
  });
});
