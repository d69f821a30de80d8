import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { DEFAULTS } from "../matrix/versions.ts";
import { type RunningCli, start } from "../support/cli.ts";
import { readSource } from "../support/imports.ts";
import { freePort } from "../support/redis-server.ts";
import { rowsOf } from "../support/table-rows.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { DOCKERFILE, execForm } from "./files.ts";
import { assembleImage } from "./image.ts";

describe("docs/deploy/Dockerfile", () => {
  let folder: string;
  let app: string;
  let port: number;
  let server: RunningCli | undefined;

  before(async function () {
    if (process.platform === "win32") this.skip();
    this.timeout(8 * TIMEOUT);
    folder = await mkdtemp(join(tmpdir(), "c10k-image-"));
    app = await assembleImage(folder);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    port = await freePort();
  });

  afterEach(async () => {
    server?.process.kill("SIGKILL");
    await server?.outcome;
    server = undefined;
  });

  /** Runs a command of the image there. */
  function run([program = "", ...args]: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCli {
    expect(program).to.equal("node");
    const all = { PORT: `${port}`, HOST: undefined, REDIS_URL: undefined, NODE_ENV: "production", ...env };
    const here = args.map((arg) => (arg === "/data" ? join(folder, "data") : arg));
    return start(process.execPath, here, { cwd: app, env: all });
  }

  async function health(): Promise<number | null> {
    const [shell, ...args] = execForm("HEALTHCHECK");
    return (await run([shell ?? "", ...args]).outcome).code;
  }

  it("starts, with what it installs and copies and nothing else, and ends at SIGTERM", async () => {
    server = run(execForm("CMD"));
    await server.said(/^Listening on /m);
    for (const path of ["/", "/chat/", "/test/", "/healthz"]) {
      expect((await fetch(`http://localhost:${port}${path}`)).status, path).to.equal(200);
    }
    const url = `ws://localhost:${port}/test/ws/`;
    const args = ["commands/c10k.js", "testecho", "--clients", "3", "--delay", "0.01", "--url", url];
    expect(rowsOf(await run(["node", ...args]).outcome)).to.include({ completed: "3", failed: "0" });
    server.process.kill("SIGTERM");
    expect(await server.outcome).to.include({ code: 0, stderr: "" });
  });

  it("is healthy while its server is, and unhealthy where its Redis is away, or nothing serves", async () => {
    expect(await health()).to.equal(1);
    server = run(execForm("CMD"));
    await server.said(/^Listening on /m);
    expect(await health()).to.equal(0);
    server.process.kill("SIGTERM");
    await server.outcome;
    server = run(execForm("CMD"), { REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    await server.said(/^Listening on /m);
    expect(await health()).to.equal(1);
  });

  it("is of a Node.js that the project is tested on, runs as nobody special, and is ended by SIGTERM", () => {
    expect(DEFAULTS.node).to.include(/^ARG NODE=(\d+)$/m.exec(DOCKERFILE)?.[1] ?? "none");
    const last = DOCKERFILE.slice(DOCKERFILE.lastIndexOf("FROM "));
    expect(last)
      .to.match(/^USER node$/m)
      .and.to.match(/^STOPSIGNAL SIGTERM$/m);
  });

  it("is built from all that it copies: the context has it", () => {
    const sent = Array.from(
      readSource("docs/deploy/Dockerfile.dockerignore").matchAll(/^!(\S+)/gm),
      ([, path]) => path,
    );
    const copied = [...DOCKERFILE.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, list = ""]) =>
      list.split(" "),
    );
    const missing = copied.filter((path) => path !== "." && !sent.includes(path.split("/")[0] ?? ""));
    expect(missing).to.deep.equal([]);
  });
});
