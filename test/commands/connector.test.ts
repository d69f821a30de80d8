import { once } from "node:events";
import { createServer } from "node:net";
import { expect } from "chai";
import { connector } from "../../commands/connector.ts";
import { pinnedLookup } from "../../commands/find-server.ts";
import { type LyingServer, startLyingServer } from "../support/lying-server.ts";
import { until } from "../support/until.ts";

const ADDRESS = "127.0.0.2";

describe("connector", () => {
  let server: LyingServer;
  let peers: string[];

  before(function () {
    if (process.platform !== "linux") this.skip();
  });

  beforeEach(async () => {
    peers = [];
    server = await startLyingServer((ws, { socket }) => {
      peers.push(`${socket.remoteAddress?.replace("::ffff:", "")}:${socket.remotePort}`);
      ws.close();
    });
  });

  afterEach(() => server.close());

  /** A port of the address that nobody has, or one that somebody keeps. */
  async function port(keep: boolean) {
    const holder = createServer().listen(0, ADDRESS);
    await once(holder, "listening");
    const address = holder.address();
    if (!keep) {
      holder.close();
      await until(holder, "close");
    }
    return { holder, localPort: typeof address === "object" && address ? address.port : 0 };
  }

  async function connectFrom(localPort: number): Promise<void> {
    const connect = connector(pinnedLookup("127.0.0.1"), {
      sourceOf: () => ({ localAddress: ADDRESS, localPort }),
    });
    const ws = await connect(server.wsUrl);
    await ws.closed;
  }

  it("connects from the address and port that it is told to", async () => {
    const { localPort } = await port(false);
    await connectFrom(localPort);
    expect(peers).to.deep.equal([`${ADDRESS}:${localPort}`]);
  });

  it("connects from another port of the address where somebody has that one", async () => {
    const { holder, localPort } = await port(true);
    await connectFrom(localPort);
    holder.close();
    expect(peers).to.have.length(1);
    expect(peers[0]).to.match(/^127\.0\.0\.2:\d+$/);
    expect(peers).to.not.deep.equal([`${ADDRESS}:${localPort}`]);
  });
});
