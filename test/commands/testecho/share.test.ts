import { expect } from "chai";
import { HANDSHAKES_AT_ONCE } from "../../../commands/connector.ts";
import { isShare, type Share, shareOut, sourcesOf } from "../../../commands/testecho/share.ts";

const ERRAND = {
  url: "ws://localhost/",
  address: "127.0.0.1",
  delay: 1,
  timeout: 1,
  restarts: 0,
  sources: [],
  firstPort: 40_000,
};

/** Where all clients of these shares connect from. */
function allSources(shares: readonly Share[]): string[] {
  return shares.flatMap((share) =>
    Array.from({ length: share.clients }, (_, index) => sourceText(share, index)),
  );
}

function sourceText(share: Share, index: number): string {
  const source = sourcesOf(share)?.(index);
  return source ? `${source.localAddress}:${source.localPort}` : "any";
}

describe("shareOut", () => {
  it("gives one process everything", () => {
    const [share, ...others] = shareOut(ERRAND, 10, 1);
    expect(share).to.deep.equal({ ...ERRAND, clients: 10, first: 0, atOnce: HANDSHAKES_AT_ONCE });
    expect(others).to.deep.equal([]);
  });

  it("makes shares that differ by one client at most, and leaves none out", () => {
    for (const [clients, processes] of [
      [100_000, 8],
      [10, 3],
      [3, 3],
      [1001, 256],
    ] as const) {
      const sizes = shareOut(ERRAND, clients, processes).map((share) => share.clients);
      expect(sizes.reduce((sum, size) => sum + size)).to.equal(clients);
      expect(Math.max(...sizes) - Math.min(...sizes)).to.be.at.most(1);
    }
  });

  it("lets all processes together have as many handshakes under way as one", () => {
    const atOnce = shareOut(ERRAND, 100, 8).map((share) => share.atOnce);
    expect(atOnce.reduce((sum, count) => sum + count)).to.equal(HANDSHAKES_AT_ONCE);
  });
});

describe("sourcesOf", () => {
  it("lets addresses take turns over all processes, each client with a port of its own", () => {
    const sources = ["127.0.0.2", "127.0.0.3", "127.0.0.4"];
    for (const processes of [1, 2, 4]) {
      expect(allSources(shareOut({ ...ERRAND, sources }, 7, processes))).to.deep.equal([
        "127.0.0.2:40000",
        "127.0.0.3:40000",
        "127.0.0.4:40000",
        "127.0.0.2:40001",
        "127.0.0.3:40001",
        "127.0.0.4:40001",
        "127.0.0.2:40002",
      ]);
    }
  });

  it("has clients that come back take the ports of the first ones", () => {
    const [share] = shareOut({ ...ERRAND, sources: ["127.0.0.2"] }, 3, 1);
    if (!share) throw new Error("There is one");
    expect(sourceText(share, 3)).to.equal("127.0.0.2:40000");
  });

  it("leaves it to the network where there are no addresses", () => {
    expect(allSources(shareOut(ERRAND, 2, 2))).to.deep.equal(["any", "any"]);
  });
});

describe("isShare", () => {
  it("tells a share from what else a process is told", () => {
    const [share] = shareOut(ERRAND, 1, 1);
    expect(isShare(share)).to.equal(true);
    for (const message of ["stop", null, 1, {}]) expect(isShare(message)).to.equal(false);
  });
});
