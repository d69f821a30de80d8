import { expect } from "chai";
import { Histories } from "../../../../views/pages/status/histories.ts";
import { type Source, sourcesOf } from "../../../../views/pages/status/sources.ts";
import { report } from "../../../support/status-samples.ts";

const A = { id: "a", machine: "alpha", pid: 1 };
const B = { id: "b", machine: "alpha", pid: 2 };
const C = { id: "c", machine: "beta", pid: 3 };

/** What a source is called, and of which processes it is. */
function outline({ label, processes }: Source): [label: string, ...ids: string[]] {
  return [label, ...processes.map(({ process }) => process.id)];
}

describe("sourcesOf", () => {
  let histories: Histories;

  beforeEach(() => {
    histories = new Histories();
  });

  function outlines(own?: string): unknown {
    const { all, groups } = sourcesOf(histories, own);
    return [
      outline(all),
      ...groups.map(({ machine, sources }) => ({ [machine]: sources.map((source) => outline(source)) })),
    ];
  }

  it("offers one process where there is one", () => {
    expect(outlines()).to.deep.equal([["One process"]]);
    histories.add([report(A, 1, 10)]);
    expect(outlines("a")).to.deep.equal([["One process", "a"]]);
  });

  it("offers the sum and each process of a machine", () => {
    histories.add([report(A, 1, 10), report(B, 1, 10)]);
    expect(outlines("b")).to.deep.equal([
      ["All 2 processes", "a", "b"],
      {
        alpha: [
          ["process 1", "a"],
          ["process 2, which serves this page", "b"],
        ],
      },
    ]);
  });

  it("offers each machine where there are several", () => {
    histories.add([report(A, 1, 10), report(C, 1, 10), report(B, 1, 10)]);
    expect(outlines()).to.deep.equal([
      ["All 3 processes on 2 machines", "a", "c", "b"],
      {
        alpha: [
          ["all of alpha", "a", "b"],
          ["process 1", "a"],
          ["process 2", "b"],
        ],
      },
      { beta: [["process 3", "c"]] },
    ]);
  });

  it("says which process has ended, and counts it no longer", () => {
    histories.add([report(A, 1, 10), report(B, 1, 20)]);
    expect(outlines("b")).to.deep.equal([
      ["One process", "a", "b"],
      {
        alpha: [
          ["process 1, ended", "a"],
          ["process 2, which serves this page", "b"],
        ],
      },
    ]);
  });

  it("gives each its own id", () => {
    histories.add([report(A, 1, 10), report(C, 1, 10), report(B, 1, 10)]);
    const { all, groups } = sourcesOf(histories, undefined);
    const ids = [all, ...groups.flatMap(({ sources }) => sources)].map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
