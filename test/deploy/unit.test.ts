import { execFile } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { start } from "../support/cli.ts";
import { ROOT, readSource } from "../support/imports.ts";
import { useDirectory } from "../support/use-directory.ts";
import { useProgram } from "../support/use-program.ts";
import { UNIT, unitValue } from "./files.ts";

/** Hundredths of the ten points that `systemd-analyze security` gives a service without any protection. */
const MAX_EXPOSURE = 20;

describe("docs/deploy/express-c10k.service", () => {
  const directory = useDirectory();

  it("waits longer for the server's end than that takes, even if one of its processes hangs", () => {
    const [, hung] =
      /^const STOP_TIMEOUT = ([\d_]+);/m.exec(readSource("commands/serve/worker-process.ts")) ?? [];
    const seconds = Number(hung?.replaceAll("_", "")) / 1000;
    expect(UNIT).to.contain(`first process after ${seconds},`);
    expect(Number(unitValue("TimeoutStopSec"))).to.be.above(seconds);
  });

  it("tells the first process alone to stop, and leaves what tells the others to that", () => {
    const signals = [unitValue("KillSignal"), unitValue("KillMode"), unitValue("ExecReload")];
    expect(signals).to.deep.equal(["SIGTERM", "mixed", "/bin/kill -HUP $MAINPID"]);
  });

  it("lets a server keep its data in its own directory, and nothing else", () => {
    expect(unitValue("ExecStart")).to.contain(`--data %S/${unitValue("StateDirectory")}`);
    expect(unitValue("ProtectSystem")).to.equal("strict");
    expect(UNIT).to.not.match(/^MemoryDenyWriteExecute=/m);
  });

  it("starts, reloads and stops the server", async function () {
    if (process.platform === "win32") this.skip();
    const release = join(directory(), "release");
    await symlink(ROOT, release);
    const given = { NODE_ENV: "production", PORT: "0", WORKERS: "2" };
    expect(unitValue("Environment")).to.equal(
      Object.entries({ ...given, PORT: "8000" })
        .map(([name, value]) => `${name}=${value}`)
        .join(" "),
    );
    const [, ...args] = (unitValue("ExecStart") ?? "")
      .replace("/opt/express-c10k", release)
      .replace("%S", directory())
      .replace("${WORKERS}", given.WORKERS)
      .split(" ");
    const env = { ...given, HOST: undefined, REDIS_URL: undefined };
    const server = start(process.execPath, args, { cwd: "/", env });
    await server.said(/^Listening on \S+ with 2 workers$/m);
    server.process.kill("SIGHUP");
    await server.said(/^Reloaded: 2 workers are new$/m);
    server.process.kill("SIGTERM");
    expect(await server.outcome).to.include({ code: 0, stderr: "" });
  });

  describe("to systemd", () => {
    const systemd = useProgram("systemd-analyze");
    const file = () => join(directory(), "express-c10k.service");

    beforeEach(() => writeFile(file(), UNIT.replace("/usr/bin/node", process.execPath)));

    it("is a unit without a mistake", async () => {
      const { stdout, stderr } = await promisify(execFile)(systemd.path(), ["verify", file()]);
      expect(stdout + stderr).to.not.contain("express-c10k");
    });

    it("is exposed little", async () => {
      const report = await systemd.run("security", "--offline=true", `--threshold=${MAX_EXPOSURE}`, file());
      expect(report).to.contain("Overall exposure level");
    });
  });
});
