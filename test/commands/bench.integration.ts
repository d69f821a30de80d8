import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { runCli, startCli } from "../support/cli.ts";
import { TIMEOUT } from "../support/timeouts.ts";

const COLUMNS = ["handshakes", "memory", "echo1", "echo8", "burst"];

describe("bench", function () {
  this.timeout(4 * TIMEOUT);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "bench-"));
  });

  after(() => rm(folder, { recursive: true }));

  it("measures peers, shows tables, and writes JSON and a chart", async () => {
    const [json, svg] = [join(folder, "bench.json"), join(folder, "bench.svg")];
    const args = ["--quick", "--runs", "2", "--only", "ws,express-c10k", "--json", json, "--svg", svg];
    const { code, stdout, stderr } = await runCli(["bench", ...args], { timeout: 3 * TIMEOUT });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.contain(`Node.js ${process.version}, `);
    expect(stdout).to.match(/^2 of 2, ws: [\d,.]+ handshakes\/s .*, [\d,.]+ kB a connection/m);
    expect(stdout.match(/^│ express-c10k .*│$/gm)).to.have.length(2);

    const report = JSON.parse(await readFile(json, "utf8"));
    expect(report.peers.map(({ name }: { name: string }) => name)).to.deep.equal(["express-c10k", "ws"]);
    for (const { figures } of report.peers) {
      expect(Object.keys(figures)).to.deep.equal(COLUMNS);
      for (const column of COLUMNS) {
        expect(figures[column].value.runs, column).to.have.length(2);
        expect(figures[column].value.min, column).to.be.above(0);
      }
    }
    expect(report.peers[1].figures.burst.ratio.runs).to.deep.equal([1, 1]);
    expect(await readFile(svg, "utf8")).to.match(/^<svg .*>express-c10k<.*<\/svg>\n$/s);
  });

  it("checks the ratios of processor time, and gives a verdict", async () => {
    const { code, stdout, stderr } = await runCli(["bench", "--check", "--runs", "1"], {
      timeout: 3 * TIMEOUT,
    });
    // How it turns out is for continuous integration to see, which has it run five times.
    const verdict = code === 0 ? stdout : stderr;
    expect(stderr === "").to.equal(code === 0);
    expect(stderr).to.match(/^(Too slow\n|$)/);
    expect(verdict).to.match(/ × the processor time of ws \(.*\), at most \d/);
  });

  it("ends its servers with itself", async () => {
    const bench = startCli(["bench", "--quick", "--only", "ws"], { timeout: 3 * TIMEOUT });
    // By then the trial after the first one has begun.
    await bench.said(/^1 of 3, ws/m);
    bench.process.kill("SIGTERM");
    // Its standard error is theirs, too: it is closed when the last of them has ended.
    expect(await bench.outcome).to.include({ code: 143, stderr: "" });
  });
});
