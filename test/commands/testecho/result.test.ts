import { expect } from "chai";
import { recordLatency } from "../../../commands/latency.ts";
import { result } from "../../../commands/testecho/result.ts";
import { countFailure, createTally } from "../../../commands/testecho/tally.ts";

const SETTING = { url: "ws://localhost:8000/test/ws/", processes: 2, delay: 0.5 };

describe("result", () => {
  it("counts clients, and failures by cause", () => {
    const tally = Object.assign(createTally(10), { connected: 8, completed: 5, returned: 1 });
    for (const cause of ["connection lost", "ECONNREFUSED", "ECONNREFUSED"]) countFailure(tally, cause);
    const { handshakeMs, echoMs, ...rest } = result(tally, SETTING, 1234.5678);
    expect(rest).to.deep.equal({
      command: "testecho",
      url: SETTING.url,
      clients: 10,
      processes: 2,
      delaySeconds: 0.5,
      durationSeconds: 1.235,
      connected: 8,
      completed: 5,
      failed: 3,
      unfinished: 2,
      returned: 1,
      failures: { ECONNREFUSED: 2, "connection lost": 1 },
    });
    expect([handshakeMs, echoMs]).to.deep.equal([null, null]);
  });

  it("has latencies in milliseconds", () => {
    const tally = createTally(1);
    recordLatency(tally.echoes, 1.5);
    expect(result(tally, SETTING, 0).echoMs).to.deep.equal({
      count: 1,
      ...{ min: 1.5, mean: 1.5, p50: 1.5, p90: 1.5, p99: 1.5, p999: 1.5, max: 1.5 },
      histogram: [{ upTo: 2, count: 1 }],
    });
  });
});
