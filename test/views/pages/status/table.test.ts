import { expect } from "chai";
import { rowAt, stack, tabulate, type Values } from "../../../../views/pages/status/table.ts";

interface Sample {
  readonly time: number;
  readonly values: Values;
}

const valuesOf = ({ values }: Sample) => values;

describe("tabulate", () => {
  it("makes columns of samples, and seconds of milliseconds", () => {
    const samples = [
      { time: 1_000, values: { in: 1, out: 10 } },
      { time: 2_000, values: { in: 2, out: 20 } },
    ];
    expect(tabulate(samples, valuesOf)).to.deep.equal({
      times: [1, 2],
      labels: ["in", "out"],
      columns: [
        [1, 2],
        [10, 20],
      ],
    });
  });

  it("takes what is not named for 0, and what is named without a value for unknown", () => {
    const samples = [
      { time: 1_000, values: { "/": 1 } },
      { time: 2_000, values: { "/": undefined, "/chat/": 5 } },
    ];
    const { labels, columns } = tabulate(samples, valuesOf);
    expect(labels).to.deep.equal(["/", "/chat/"]);
    expect(columns).to.deep.equal([
      [1, null],
      [0, 5],
    ]);
  });

  it("interrupts the lines where samples are missing", () => {
    const samples = [1_000, 2_000, 12_000].map((time) => ({ time, values: { in: 7 } }));
    expect(tabulate(samples, valuesOf)).to.deep.equal({
      times: [1, 2, 7, 12],
      labels: ["in"],
      columns: [[7, 7, null, 7]],
    });
  });

  it("makes nothing of nothing", () => {
    expect(tabulate([], valuesOf)).to.deep.equal({ times: [], labels: [], columns: [] });
  });
});

describe("stack", () => {
  const table = {
    times: [1, 2, 3],
    labels: ["top", "middle", "bottom"],
    columns: [
      [1, 1, null],
      [2, 0, null],
      [3, 3, null],
    ],
  };

  it("puts each line on those below it, and leaves out what is 0 or unknown", () => {
    expect(stack(table)).to.deep.equal({
      ...table,
      columns: [
        [6, 4, null],
        [5, null, null],
        [3, 3, null],
      ],
    });
  });

  it("leaves the values as they were", () => {
    stack(table);
    expect(table.columns[0]).to.deep.equal([1, 1, null]);
  });
});

describe("rowAt", () => {
  const table = { times: [10, 11, 12, 20], labels: [], columns: [] };

  it("is the row nearest to the time", () => {
    const rows = new Map([
      [0, 0],
      [10, 0],
      [10.4, 0],
      [10.6, 1],
      [17, 3],
      [99, 3],
    ]);
    for (const [time, row] of rows) expect(rowAt(table, time), String(time)).to.equal(row);
  });

  it("is none in an empty table", () => {
    expect(rowAt({ times: [], labels: [], columns: [] }, 1)).to.equal(undefined);
  });
});
