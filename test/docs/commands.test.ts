import { createHistogram } from "node:perf_hooks";
import { PassThrough } from "node:stream";
import { expect } from "chai";
import { createProgress, describeProgress } from "../../commands/gameoflife/progress.ts";
import { gameResult } from "../../commands/gameoflife/result.ts";
import { latencyOf, recordLatency } from "../../commands/latency.ts";
import { latencyReport } from "../../commands/latency-report.ts";
import { createProgram } from "../../commands/program.ts";
import { forecast } from "../../commands/testecho/forecast.ts";
import { progressBars } from "../../commands/testecho/progress-bars.ts";
import { result } from "../../commands/testecho/result.ts";
import { createTally } from "../../commands/testecho/tally.ts";
import { tableBelow } from "../support/docs/tables.ts";
import { usePage } from "../support/docs/use-page.ts";

const PAGE = "docs/commands.md";

describe(PAGE, () => {
  const page = usePage("docs/commands.md");
  const bars = page.block("What `testecho` shows", 1);
  const line = page.block("What `gameoflife` shows");
  const latencies = page.block("What `testecho` shows", 2);

  it("names all commands", () => {
    const named = tableBelow(PAGE, "The commands").flatMap(([names = ""]) => names.match(/[\w-]+/g));
    const commands = createProgram(process.stdout, AbortSignal.abort()).commands;
    expect(named).to.deep.equal(commands.map((command) => command.name()));
  });

  it("shows bars as they are drawn", () => {
    const output = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true, columns: 80 });
    const tally = Object.assign(createTally(10_000), { connected: 9586, open: 8618, completed: 968 });
    for (let word = 0; word < 12_406; word++) recordLatency(tally.echoes, 1);
    progressBars(output, tally, forecast(tally, 60_000, performance.now())).end();
    const drawn = withoutTimes(String(output.read()));
    for (const line of bars.code.split("\n")) expect(drawn).to.contain(withoutTimes(line));
  });

  it("shows percentiles and histograms as they are written", () => {
    const handshake = latency({ 0.4: 6, 0.8: 143, 1.5: 171, 3.5: 296, 8: 194, 15: 106, 40: 66, 67.8: 18 });
    const echo = latency({ 0.15: 231, 0.4: 551, 0.8: 465, 1.4: 563, 3.2: 704, 6.6: 405, 17.5: 64, 34.4: 17 });
    expect(latencies.code).to.equal(latencyReport({ handshake, echo }));
  });

  it("shows the line of a game as it is written", () => {
    const progress = { connected: 0, subscribed: 1024, updates: 1024 };
    const describe = describeProgress(progress, 1024, 100);
    describe(0);
    const seen = [512, 1024].map((connected, at) => {
      progress.connected = connected;
      return describe(2000 * (at + 1));
    });
    progress.updates += 5 * 1024;
    expect([seen[0], describe(6000)]).to.deep.equal(line.code.split("\n"));
  });

  it("documents each field of the JSON of testecho, and no other", () => {
    const given = result(createTally(1), { url: "", processes: 1, delay: 0 }, 0);
    expect(fieldsBelow("What `testecho --json` gives")).to.deep.equal(Object.keys(given));
  });

  it("documents each field of the JSON of gameoflife, and no other", () => {
    const setting = { url: [], name: undefined, size: 1, wrap: true, processes: 1, speed: 1, steps: 1 };
    const given = gameResult(setting, createProgress(), createHistogram(), 0);
    expect(fieldsBelow("What `gameoflife --json` gives")).to.deep.equal(Object.keys(given));
  });

  it("documents each field of latencies, and no other", () => {
    expect(fieldsBelow("Latencies").sort()).to.deep.equal(Object.keys(latency({ 1: 1 }) ?? {}).sort());
  });
});

/** The fields in the first column of a table. */
function fieldsBelow(heading: string): string[] {
  return tableBelow(PAGE, heading).flatMap(([names = ""]) => names.match(/\w+/g) ?? []);
}

/** What so many of each number of milliseconds come to. */
function latency(counts: Readonly<Record<number, number>>) {
  const histogram = createHistogram();
  for (const [milliseconds, count] of Object.entries(counts)) {
    for (let i = 0; i < count; i++) recordLatency(histogram, Number(milliseconds));
  }
  return latencyOf(histogram);
}

function withoutTimes(text: string): string {
  return text.replaceAll(/[\d.]+\/s/g, "R/s").replaceAll(/\d+:\d\d left/g, "T left");
}
