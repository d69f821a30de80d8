import { expect } from "chai";
import { describe as describeChart } from "../../../../views/pages/status/description.ts";

/** What parts a number from its unit. */
const SPACE = "\u202f";

describe("describe", () => {
  it("says of each line how it stands, and how high it has been", () => {
    const table = {
      times: [1, 2, 3],
      labels: ["in", "out"],
      columns: [
        [0, 12_000, 300],
        [1, null, null],
      ],
    };
    expect(describeChart("Bytes", table, "B/s")).to.equal(
      `Bytes in the last ten minutes: in 300${SPACE}B/s, at most 12.0${SPACE}kB/s; out 1${SPACE}B/s, at most 1${SPACE}B/s`,
    );
  });

  it("says that there was nothing", () => {
    const table = { times: [], labels: [], columns: [] };
    expect(describeChart("Closes", table, "/s")).to.equal("Closes in the last ten minutes: none");
  });
});
