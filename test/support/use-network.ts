import type { RequestListener } from "node:http";
import { type NetConnectOpts, type Server, Socket } from "node:net";
import { expect } from "chai";
import type { ClientOptions } from "ws";
import { connect } from "../../middleware/connect.ts";
import type { ConnectOptions } from "../../middleware/connect-options.ts";
import type { Connection } from "../../middleware/connection.ts";
import { hookOf } from "../../middleware/hook.ts";
import type { HookOptions } from "../../middleware/hook-options.ts";
import { type Handler, type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { type BareClient, openBare } from "./bare-client.ts";
import { deferred } from "./deferred.ts";
import { quietApp } from "./quiet-app.ts";
import { handshakeText, readResponse } from "./raw-http.ts";
import { dial, RawSocket } from "./raw-socket.ts";
import { listen, type TestServer } from "./server.ts";
import { until, untilTrue } from "./until.ts";

/** The two ends of one connection: what a handler holds, and its peer. */
export interface Pair<Peer> {
  readonly ws: Connection;
  readonly peer: Peer;
  readonly server: TestServer;
}

/** Servers and clients of one test. */
export interface Network {
  /** Starts a hooked server. */
  serve(app: RequestListener, options?: HookOptions): Promise<TestServer>;
  /** Starts a hooked server with one WebSocket view, at `/`. */
  serveView(handler: Handler, options?: ViewOptions): Promise<TestServer>;
  /** Lets a server of any kind listen; gives its port. */
  listen(server: Server): Promise<number>;
  /** Opens a TCP connection, or takes one over. */
  dial(target: number | NetConnectOpts | Socket): Promise<RawSocket>;
  /** Opens a TCP connection and completes the handshake on it. */
  shake(port: number, path?: string, headers?: Record<string, string>): Promise<RawSocket>;
  /** Opens a client of `ws`. */
  open(url: string, options?: ClientOptions & { protocols?: string[] }): Promise<BareClient>;
  /** Opens a client of ours. */
  connect(url: string, options?: ConnectOptions): Promise<Connection>;
  /** A connection whose handler waits for its end, and a client of `ws`. */
  pair(options?: ViewOptions, client?: ClientOptions): Promise<Pair<BareClient>>;
  /** A connection whose handler waits for its end, and a client whose bytes are written by hand. */
  rawPair(options?: ViewOptions): Promise<Pair<RawSocket>>;
}

/**
 * Gives a suite's tests servers and clients on real sockets. After each test all of them are closed; then the servers
 * have to have forgotten every connection, and nothing may have happened that would have ended the process.
 */
export function useNetwork(): Network {
  const servers: TestServer[] = [];
  const cuts: (() => void)[] = [];
  const crashes: unknown[] = [];
  const onCrash = (error: unknown): void => {
    crashes.push(error);
  };

  beforeEach(() => {
    process.on("uncaughtExceptionMonitor", onCrash).on("unhandledRejection", onCrash);
  });

  afterEach(async () => {
    for (const cut of cuts.splice(0)) cut();
    const closing = servers.splice(0);
    await Promise.all(closing.map((server) => server.close()));
    await untilTrue(() => closing.every(({ server }) => isEmpty(server)));
    process.off("uncaughtExceptionMonitor", onCrash).off("unhandledRejection", onCrash);
    expect(crashes.splice(0)).to.deep.equal([]);
  });

  const network: Network = {
    async serve(app, options) {
      const server = await listen(app, 0, options);
      servers.push(server);
      return server;
    },

    serveView(handler, options) {
      return network.serve(quietApp().get("/", websocket(handler, options)));
    },

    async listen(server) {
      cuts.push(() => server.close());
      if (!server.listening) await until(server.listen(0), "listening");
      const address = server.address();
      return typeof address === "object" && address ? address.port : 0;
    },

    async dial(target) {
      const raw = target instanceof Socket ? new RawSocket(target) : await dial(target);
      cuts.push(() => raw.socket.destroy());
      return raw;
    },

    async shake(port, path, headers) {
      const raw = await network.dial(port);
      raw.write(handshakeText(path, headers));
      expect((await readResponse(raw)).status).to.equal(101);
      return raw;
    },

    async open(url, options) {
      const client = await openBare(url, options);
      cuts.push(() => client.ws.terminate());
      return client;
    },

    async connect(url, options) {
      const client = await connect(url, options);
      cuts.push(() => client.raw.terminate());
      return client;
    },

    pair(options, client) {
      return meet(options, ({ wsUrl }) => network.open(wsUrl, { perMessageDeflate: false, ...client }));
    },

    rawPair(options) {
      return meet(options, ({ port }) => network.shake(port));
    },
  };

  async function meet<Peer>(
    options: ViewOptions | undefined,
    join: (server: TestServer) => Promise<Peer>,
  ): Promise<Pair<Peer>> {
    const arrival = deferred<Connection>();
    const server = await network.serveView((ws) => {
      arrival.resolve(ws);
      return ws.closed;
    }, options);
    const peer = await join(server);
    return { ws: await arrival.promise, peer, server };
  }

  return network;
}

function isEmpty(server: TestServer["server"]): boolean {
  const hook = hookOf(server);
  return hook?.transports.size === 0 && hook.upgrading.size === 0 && hook.places.taken === 0;
}
