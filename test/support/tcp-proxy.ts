import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { until } from "./until.ts";

/** What is between a client and a server, and fails as a network does. */
export interface TcpProxy {
  readonly port: number;
  /** How many connections it has accepted. */
  readonly accepted: number;
  /** Passes nothing on any more of the connections that there are, and says nothing of it; later ones are served. */
  stall(): void;
  /** Cuts the connections that there are. */
  cut(): void;
  /** Accepts no more, and cuts those that there are. */
  end(): void;
}

/** Starts a proxy in front of a port of this machine. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((near) => {
    accepted++;
    const far = connect(target, "127.0.0.1");
    for (const socket of [near, far]) sockets.add(socket);
    tie(near, far);
    tie(far, near);
  }).listen(0, "127.0.0.1");
  await until(server, "listening");
  const { port } = server.address() as AddressInfo;

  function tie(from: Socket, to: Socket): void {
    from.pipe(to);
    from
      .on("error", () => {})
      .on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
  }

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  return {
    port,
    get accepted() {
      return accepted;
    },
    stall() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    cut,
    end() {
      server.close();
      cut();
    },
  };
}
