import { expect } from "chai";
import { HANDSHAKES_AT_ONCE } from "../../../commands/connector.ts";
import { isShare, type Share, shareOut } from "../../../commands/testecho/share.ts";

const ERRAND = { url: "ws://localhost/", address: "127.0.0.1", delay: 1, timeout: 1 };

/** How many clients connect from each address, when each share takes its addresses in turn. */
function clientsPerSource(shares: readonly Share[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { clients, sources } of shares) {
    for (let i = 0; i < clients; i++) {
      const source = String(sources[i % sources.length]);
      counts[source] = (counts[source] ?? 0) + 1;
    }
  }
  return counts;
}

describe("shareOut", () => {
  it("gives one process everything", () => {
    const [share, ...others] = shareOut(ERRAND, 10, 1, []);
    expect(share).to.deep.equal({ ...ERRAND, clients: 10, sources: [], atOnce: HANDSHAKES_AT_ONCE });
    expect(others).to.deep.equal([]);
  });

  it("makes shares that differ by one client at most, and leaves none out", () => {
    for (const [clients, processes] of [
      [100_000, 8],
      [10, 3],
      [3, 3],
      [1001, 256],
    ] as const) {
      const sizes = shareOut(ERRAND, clients, processes, []).map((share) => share.clients);
      expect(sizes.reduce((sum, size) => sum + size)).to.equal(clients);
      expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
    }
  });

  it("lets all processes together have as many handshakes under way as one", () => {
    const atOnce = shareOut(ERRAND, 100, 8, []).map((share) => share.atOnce);
    expect(atOnce.reduce((sum, count) => sum + count)).to.equal(HANDSHAKES_AT_ONCE);
  });

  it("lets source addresses take turns over all processes", () => {
    const sources = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];
    expect(clientsPerSource(shareOut(ERRAND, 12, 3, sources))).to.deep.equal({
      "127.0.0.1": 4,
      "127.0.0.2": 4,
      "127.0.0.3": 4,
    });
    expect(clientsPerSource(shareOut(ERRAND, 11, 4, sources))).to.deep.equal({
      "127.0.0.1": 4,
      "127.0.0.2": 4,
      "127.0.0.3": 3,
    });
  });
});

describe("isShare", () => {
  it("tells a share from what else a process is told", () => {
    const [share] = shareOut(ERRAND, 1, 1, []);
    expect(isShare(share)).to.equal(true);
    for (const message of ["stop", null, 1, {}]) expect(isShare(message)).to.equal(false);
  });
});
