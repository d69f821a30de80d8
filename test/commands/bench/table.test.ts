import { expect } from "chai";
import { cpuTable, quantity, table } from "../../../commands/bench/table.ts";
import { benchReport, benchRun } from "../../support/bench-report.ts";

/** The lines of each row's cells. */
function cells(text: string): string[][] {
  return text
    .split("\n")
    .filter((line) => line.startsWith("│"))
    .map((line) =>
      line
        .split("│")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe("the tables", () => {
  const report = benchReport({
    "express-c10k": [...benchRun(2000, 499), ...benchRun(2100, 480), ...benchRun(1900, 510)],
    ws: [...benchRun(1000, 998), ...benchRun(1000, 960), ...benchRun(1000, 1020)],
  });

  it("show medians, their spread, and the ratios against bare ws", () => {
    const rows = cells(table(report));
    expect(rows.at(-4)).to.deep.equal(["express-c10k", ...Array(5).fill("2,000  2.00 ×")]);
    expect(rows.at(-3)).to.deep.equal(["1.2.3", ...Array(5).fill("1,900..2,100")]);
    expect(rows.at(-2)).to.deep.equal(["ws", ...Array(5).fill("1,000  1.00 ×")]);
  });

  it("name what was measured", () => {
    const titles = cells(table(report)).slice(0, -4);
    const [, , , , echo8] = titles.reduce((above, line) =>
      above.map((cell, column) => `${cell} ${line[column]}`.trim()),
    );
    expect(echo8).to.equal("echoes/s, 1,000 clients, 8 in flight");
  });

  it("mark figures of which the server was not the limit", () => {
    const idle = benchReport({ ws: benchRun(1000, 500) });
    expect(cells(table(idle)).at(-2)).to.deep.equal([
      "ws",
      "≥ 1,000  1.00 ×",
      "1,000  1.00 ×",
      ...Array(3).fill("≥ 1,000  1.00 ×"),
    ]);
  });

  it("show the processor time of each operation", () => {
    const rows = cells(cpuTable(report));
    expect(rows.at(-4)).to.deep.equal(["express-c10k", ...Array(4).fill("499  0.50 ×")]);
    expect(rows.at(-3)).to.deep.equal(["1.2.3", ...Array(4).fill("480..510")]);
  });

  it("show no ratios where bare ws was not measured", () => {
    const alone = benchReport({ "express-c10k": benchRun(2000, 499) });
    expect(cells(table(alone)).at(-2)).to.deep.equal(["express-c10k", ...Array(5).fill("2,000")]);
  });
});

describe("quantity", () => {
  for (const [value, text] of [
    [0.123, "0.12"],
    [9.994, "9.99"],
    [12.34, "12.3"],
    [123.4, "123"],
    [1234567.8, "1,234,568"],
  ] as const) {
    it(`writes ${value} as ${text}`, () => expect(quantity(value)).to.equal(text));
  }
});
