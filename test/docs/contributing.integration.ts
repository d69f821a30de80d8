import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { openBare } from "../support/bare-client.ts";
import { type Outcome, type RunningCli, start } from "../support/cli.ts";
import { usePage } from "../support/docs/use-page.ts";
import { ROOT, readSource } from "../support/imports.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { useBrowser } from "../support/use-browser.ts";

const HEADING = "Add a demo in three files";

const FILES = ["handlers/crowd.ts", "views/crowd.ts", "views/pages/crowd/index.html"];

/** What a build needs of the project. */
const SOURCES = ["app.ts", "commands", "handlers", "middleware", "views", "package.json", "tsconfig.json"];

const BIOME = join(ROOT, "node_modules/@biomejs/biome/bin/biome");

describe("CONTRIBUTING.md", () => {
  const page = usePage("CONTRIBUTING.md");
  const blocks = FILES.map((_, index) => page.block(HEADING, index + 1));
  const lines = page.block(HEADING, FILES.length + 1);

  page.commands("Run it", {
    "npm ci": ["test/docs/readme.test.ts", "are what continuous integration runs"],
    "npm run dev": [
      "test/dev.integration.ts",
      "serves what the sources say, and anew when one changes; Ctrl-C ends all of it",
    ],
  });

  it("names scripts that there are", () => {
    const { scripts } = JSON.parse(readSource("package.json"));
    const text = readSource("CONTRIBUTING.md");
    const named = Array.from(text.matchAll(/`npm run ([\w:]+)/g), ([, name]) => name);
    expect(named).to.include.members(["dev", "cmd", "fuzz", "docs"]);
    expect(named.filter((name = "") => !(name in scripts))).to.deep.equal([]);
  });

  it("names the files that its demo consists of, in this order", () => {
    const [, text = ""] = readSource("CONTRIBUTING.md").split(`## ${HEADING}`);
    const named = Array.from(text.matchAll(/`(\S+?)`[^`]*```(?:typescript|html)\n/g), ([, name]) => name);
    expect(named.slice(0, FILES.length)).to.deep.equal(FILES);
  });

  describe("its demo, in a copy of this project", () => {
    const openPage = useBrowser();
    let folder: string;
    let app: RunningCli | undefined;

    before(async function () {
      this.timeout(4 * TIMEOUT);
      folder = await mkdtemp(join(tmpdir(), "demo-"));
      for (const name of SOURCES) await cp(join(ROOT, name), join(folder, name), { recursive: true });
      await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
      await addDemo();
      const built = await run("npm", ["run", "build"]);
      expect(built.code, built.stdout + built.stderr).to.equal(0);
    });

    after(async () => {
      app?.process.kill();
      await app?.outcome;
      await rm(folder, { recursive: true });
    });

    it("looks as the linter wants it", async () => {
      await cp(join(ROOT, "biome.json"), join(folder, "biome.json"));
      const { code, stdout, stderr } = await run(BIOME, ["check", "--vcs-enabled=false", "app.ts", ...FILES]);
      expect(code, stdout + stderr).to.equal(0);
    });

    it("tells everybody how many they are, on its page too", async () => {
      app = start(process.execPath, ["dist/app.js", "--port", "0", "--log", "off"], { cwd: folder });
      const [, address] = await app.said(/Listening on http(\S+)\/\n/);
      const first = await openBare(`ws${address}/crowd/ws/`);
      expect(await first.next()).to.equal("1");
      const second = await openBare(`ws${address}/crowd/ws/`);
      expect([await first.next(), await second.next()]).to.deep.equal(["2", "2"]);
      const tab = await openPage();
      await tab.goto(`http${address}/crowd/`);
      await tab.getByText("Here now: 3").waitFor();
      first.ws.close();
      await tab.getByText("Here now: 2").waitFor();
    });

    async function addDemo(): Promise<void> {
      for (const [index, file] of FILES.entries()) {
        const path = join(folder, file);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, `${blocks[index]?.code}\n`);
      }
      const [imported = "", used = ""] = lines.code.split("\n");
      const path = join(folder, "app.ts");
      const source = await readFile(path, "utf8");
      const added = source
        .replace(/^import \{ echo \}.*\n/m, (line) => `${imported}\n${line}`)
        .replace(/^ {2}app\.use\("\/",/m, (line) => `${used}\n${line}`);
      await writeFile(path, added);
    }

    function run(program: string, args: readonly string[]): Promise<Outcome> {
      return start(program, args, { cwd: folder, timeout: 3 * TIMEOUT }).outcome;
    }
  });
});
