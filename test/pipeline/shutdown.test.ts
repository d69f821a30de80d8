import { expect } from "chai";
import { type Connection, shutdown } from "../../middleware/index.ts";
import { LONG, SHORT } from "../support/timeouts.ts";
import { useNetwork } from "../support/use-network.ts";

/** So many that chance does not matter: neither all nor none of them draw the same moment, or their own order. */
const CLIENTS = 50;

describe("shutdown of a server with many connections", () => {
  const network = useNetwork();

  /** A server on which many are connected: its connections, and those that were closed, both in order. */
  async function serveMany() {
    const connections: Connection[] = [];
    const closed: Connection[] = [];
    const { wsUrl, server } = await network.serveView((ws) => {
      connections.push(ws);
      ws.signal.addEventListener("abort", () => closed.push(ws));
      return ws.closed;
    });
    const clients = [];
    for (let client = 0; client < CLIENTS; client += 1) clients.push(await network.open(wsUrl));
    return { connections, closed, clients, server };
  }

  it("closes them at random moments, so that they do not come back at once", async () => {
    const { connections, closed, clients, server } = await serveMany();
    const closing = shutdown(server, { timeout: LONG, spread: 4 * SHORT });
    expect(closed.length).to.be.below(CLIENTS);
    await closing;
    expect(closed).to.have.members(connections);
    expect(closed).not.to.have.ordered.members(connections);
    for (const client of clients) expect((await client.closed).code).to.equal(1001);
  });

  it("spreads the closes where nothing is said, too", async () => {
    const { connections, closed, server } = await serveMany();
    const closing = shutdown(server, { timeout: LONG });
    expect(closed.length).to.be.below(CLIENTS);
    await closing;
    expect(closed).to.have.members(connections);
  });

  it("closes all of them at once where no spread is wanted", async () => {
    const { connections, closed, server } = await serveMany();
    const closing = shutdown(server, { timeout: LONG, spread: 0 });
    expect(closed).to.have.ordered.members(connections);
    await closing;
  });

  it("resolves as soon as all of them are gone, however long the spread", async () => {
    const { clients, server } = await serveMany();
    const closing = shutdown(server, { timeout: LONG, spread: LONG });
    for (const client of clients) client.ws.terminate();
    await closing;
  });

  it("spreads nothing beyond the deadline", async () => {
    const { closed, server } = await serveMany();
    await shutdown(server, { timeout: SHORT, spread: LONG });
    expect(closed).to.have.length(CLIENTS);
  });
});
