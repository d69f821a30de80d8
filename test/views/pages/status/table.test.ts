import { expect } from "chai";
import type { Sample } from "../../../../handlers/status/protocol.ts";
import { rowAt, stack, tabulate, type Values } from "../../../../views/pages/status/table.ts";
import { sampleAt } from "../../../support/status-samples.ts";

describe("tabulate", () => {
  const messages = ({ messagesIn, messagesOut }: Sample): Values => ({ in: messagesIn, out: messagesOut });
  const views = ({ views }: Sample): Values => views;

  it("makes columns of samples", () => {
    const samples = [
      sampleAt(1, { messagesIn: 1, messagesOut: 10 }),
      sampleAt(2, { messagesIn: 2, messagesOut: 20 }),
    ];
    expect(tabulate(samples, messages)).to.deep.equal({
      times: [1, 2],
      labels: ["in", "out"],
      columns: [
        [1, 2],
        [10, 20],
      ],
    });
  });

  it("takes what is not named for 0", () => {
    const samples = [sampleAt(1, { views: { "/": 1 } }), sampleAt(2, { views: { "/chat/": 5 } })];
    const { labels, columns } = tabulate(samples, views);
    expect(labels).to.deep.equal(["/", "/chat/"]);
    expect(columns).to.deep.equal([
      [1, 0],
      [0, 5],
    ]);
  });

  it("takes what is named without a value for unknown", () => {
    const { columns } = tabulate([sampleAt(1), sampleAt(2)], ({ time }) => ({
      odd: time % 2 ? time : undefined,
    }));
    expect(columns).to.deep.equal([[1, null]]);
  });

  it("interrupts the lines where samples are missing, and bears with a few", () => {
    const samples = [1, 2, 5, 15].map((time) => sampleAt(time, { views: { "/": 7 } }));
    expect(tabulate(samples, views)).to.deep.equal({
      times: [1, 2, 5, 10, 15],
      labels: ["/"],
      columns: [[7, 7, 7, null, 7]],
    });
  });

  it("makes nothing of nothing", () => {
    expect(tabulate([], views)).to.deep.equal({ times: [], labels: [], columns: [] });
  });
});

describe("stack", () => {
  const table = {
    times: [1, 2, 3],
    labels: ["bottom", "middle", "top"],
    columns: [
      [3, 3, null],
      [2, 0, null],
      [1, 1, null],
    ],
  };

  it("puts each line on those below it, and leaves out what is unknown", () => {
    expect(stack(table)).to.deep.equal({
      times: table.times,
      labels: ["top", "middle", "bottom"],
      columns: [
        [6, 4, null],
        [5, 3, null],
        [3, 3, null],
      ],
    });
  });

  it("lets what is 0 for a while rise from the line that it lies on, and fall to it", () => {
    const times = [1, 2, 3, 4, 5];
    const columns = [
      [5, 5, 5, 5, 5],
      [0, 0, 7, 0, 0],
    ];
    expect(stack({ times, labels: ["bottom", "top"], columns }).columns).to.deep.equal([
      [null, 5, 12, 5, null],
      [5, 5, 5, 5, 5],
    ]);
  });

  it("leaves the values as they were", () => {
    stack(table);
    expect(table.columns[0]).to.deep.equal([3, 3, null]);
  });
});

describe("rowAt", () => {
  const table = { times: [10, 11, 12, 20], labels: [], columns: [] };

  it("is the row nearest to the time", () => {
    const rows = new Map([
      [5.1, 0],
      [10, 0],
      [10.4, 0],
      [10.6, 1],
      [15, 2],
      [24.9, 3],
    ]);
    for (const [time, row] of rows) expect(rowAt(table, time), String(time)).to.equal(row);
  });

  it("is none where there is none near", () => {
    for (const time of [0, 5, 25, 99]) expect(rowAt(table, time), String(time)).to.equal(undefined);
  });

  it("is none in an empty table", () => {
    expect(rowAt({ times: [], labels: [], columns: [] }, 1)).to.equal(undefined);
  });
});
