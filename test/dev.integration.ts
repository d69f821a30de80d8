import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { openBare } from "./support/bare-client.ts";
import { start } from "./support/cli.ts";
import { TIMEOUT } from "./support/timeouts.ts";

const ROOT = join(import.meta.dirname, "..");

/** What `npm run dev` needs of the package. */
const SOURCES = ["app.ts", "commands", "handlers", "middleware", "views", "package.json", "tsconfig.json"];

describe("npm run dev", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "dev-"));
    for (const name of SOURCES) await cp(join(ROOT, name), join(folder, name), { recursive: true });
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("serves what the sources say, and anew when one changes; Ctrl-C ends all of it", async function () {
    const timeout = 2 * TIMEOUT;
    this.timeout(timeout);
    const dev = start("npm", ["run", "dev"], { cwd: folder, detached: true, timeout, env: { PORT: "0" } });
    try {
      const [, first] = await dev.said(/Listening on http(\S+)/);
      expect(await greeting(first)).to.equal("Hello!");
      const echo = join(folder, "handlers/echo.ts");
      await writeFile(echo, (await readFile(echo, "utf8")).replace("Hello!", "Welcome!"));
      const [, second] = await dev.said(/Listening on .*Listening on http(\S+)/s);
      expect(await greeting(second)).to.equal("Welcome!");
    } finally {
      process.kill(-Number(dev.process.pid), "SIGINT");
    }
    await dev.outcome;
  });

  async function greeting(address = ""): Promise<unknown> {
    const client = await openBare(`ws${address}test/ws/`);
    const message = await client.next();
    client.ws.terminate();
    return message;
  }
});
