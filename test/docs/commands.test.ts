import { createHistogram } from "node:perf_hooks";
import { PassThrough } from "node:stream";
import { expect } from "chai";
import { latencyOf, recordLatency } from "../../commands/latency.ts";
import { latencyReport } from "../../commands/latency-report.ts";
import { createProgram } from "../../commands/program.ts";
import { forecast } from "../../commands/testecho/forecast.ts";
import { progressBars } from "../../commands/testecho/progress-bars.ts";
import { result } from "../../commands/testecho/result.ts";
import { createTally } from "../../commands/testecho/tally.ts";
import { tableBelow } from "../support/docs/tables.ts";
import { usePage } from "../support/docs/use-page.ts";
import { readSource } from "../support/imports.ts";

const PAGE = "docs/commands.md";

describe(PAGE, () => {
  const page = usePage("docs/commands.md");
  const bars = page.block("What `testecho` shows", 1);
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

  it("documents each field of the JSON, and no other", () => {
    const tally = createTally(1);
    recordLatency(tally.echoes, 1);
    const given = result(tally, { url: "", processes: 1, delay: 0 }, 0);
    expect(tableBelow(PAGE, "What `testecho --json` gives").map(([field]) => field)).to.deep.equal(
      Object.keys(given),
    );
    const fields = readSource(PAGE).split("\nOf `handshakeMs`")[1] ?? "";
    const documented = Array.from(fields.matchAll(/^\| (`.+?) \|/gm), ([, names = ""]) =>
      names.match(/\w+/g),
    );
    expect(documented.flat().sort()).to.deep.equal(Object.keys(given.echoMs ?? {}).sort());
  });
});

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
