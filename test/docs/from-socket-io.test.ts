import type { Server, Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { type ClientOptions as Handshake, WebSocket } from "ws";
import type { Address, Client, ClientOptions } from "../../middleware/client/index.ts";
import type { Connection } from "../../middleware/index.ts";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { usePage } from "../support/docs/use-page.ts";
import { rejection } from "../support/rejection.ts";
import { SHORT } from "../support/timeouts.ts";
import { untilTrue } from "../support/until.ts";

/** What the page's module for the server gives. */
interface ServerModule {
  encode(event: string, data?: unknown): string;
  serve(ws: Connection, handlers: Record<string, (data: unknown) => unknown>): Promise<void>;
}

/** What the page's module for the browser gives. */
interface ClientModule {
  openEvents(
    address: Address,
    handlers: Record<string, (data: unknown) => void>,
    options?: ClientOptions,
  ): Events;
}

interface Events {
  readonly ws: Client;
  emit(event: string, data?: unknown): Promise<void>;
  ask(event: string, data?: unknown): Promise<unknown>;
}

/** A client of either library, to run one scenario with. */
interface Party {
  /** The events that came and were not taken yet. */
  readonly heard: [event: string, data: unknown][];
  emit(event: string, data?: unknown): void;
  ask(event: string, data?: unknown): Promise<unknown>;
}

type Open = (url: string, path?: string, headers?: Record<string, string>) => Promise<Party>;

/** What no string can be made of. */
const NO_TEXT = { toString: 1, valueOf: 1 };

const EVENTS = ["hello", "said", "typing", "news", "position"];

describe("docs/from-socket-io.md", () => {
  const sockets: Socket[] = [];
  const clients: Client[] = [];
  let modules: ServerModule & ClientModule;

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await Promise.all(clients.splice(0).map((client) => client.close()));
  });

  const page = usePage("docs/from-socket-io.md", {
    names: {
      url: "string",
      token: "string",
      encode: "(event: string, data?: unknown) => string",
      serve:
        '(ws: import("express-c10k").Connection, handlers: Record<string, (data: unknown) => unknown>) => Promise<void>',
      openEvents: `(
        address: import("express-c10k/client").Address,
        handlers: Record<string, (data: unknown) => void>,
        options?: import("express-c10k/client").ClientOptions,
      ) => {
        ws: import("express-c10k/client").Client;
        emit(event: string, data?: unknown): Promise<void>;
        ask(event: string, data?: unknown): Promise<unknown>;
      }`,
    },
    ambient: `
      import type { Session, SessionData } from "express-session";
      declare module "express-session" { interface SessionData { name: string } }
      declare module "node:http" { interface IncomingMessage { session: Session & Partial<SessionData> } }
    `,
  });
  const serverModule = page.block("Events over WebSocket", 1);
  const clientModule = page.block("Events over WebSocket", 2);

  before(async () => {
    const { exports: server } = await serverModule.run<ServerModule>();
    const { exports: client } = await clientModule.run<ClientModule>();
    modules = { ...server, ...client };
  });

  /** The page's own, with what a test on any Node needs; it is closed after the test. */
  function openEvents(...[address, handlers, options]: Parameters<ClientModule["openEvents"]>): Events {
    const events = modules.openEvents(address, handlers, { WebSocket, firstDelay: SHORT, ...options });
    clients.push(events.ws);
    return events;
  }

  function openSocket(url: string, options: Partial<ManagerOptions & SocketOptions>): Socket {
    const socket = io(url, { transports: ["websocket"], forceNew: true, ...options });
    sockets.push(socket);
    return socket;
  }

  const openBefore: Open = async (url, path = "", extraHeaders = {}) => {
    const socket = openSocket(url + path, { extraHeaders });
    const heard: Party["heard"] = [];
    socket.onAny((event, data) => heard.push([event, data]));
    await untilTrue(() => socket.connected);
    return {
      heard,
      emit: (event, data) => socket.emit(event, data),
      ask: (event, data) => socket.emitWithAck(event, data),
    };
  };

  const openAfter: Open = async (url, path = "/events", headers = {}) => {
    const heard: Party["heard"] = [];
    const handlers = EVENTS.map((event) => [event, (data: unknown) => heard.push([event, data])] as const);
    const events = openEvents(url + path, Object.fromEntries(handlers), { WebSocket: withHeaders(headers) });
    await untilTrue(() => events.ws.state === "open");
    return { heard, emit: events.emit, ask: events.ask };
  };

  /** The two programs below a heading, the n-th and the next, each with the client that speaks to it. */
  function pair(heading: string, nth = 1) {
    return {
      before: { block: page.block(heading, nth), open: openBefore },
      after: { block: page.block(heading, nth + 1), open: openAfter },
    };
  }

  /** What the programs of the page use and do not declare. */
  function surroundings() {
    return { encode: modules.encode, serve: modules.serve };
  }

  /** Describes one scenario for both programs. */
  function forBoth(
    programs: ReturnType<typeof pair>,
    title: string,
    scenario: (url: string, open: Open) => Promise<void>,
  ): void {
    for (const [name, { block, open }] of Object.entries(programs)) {
      it(`${title}: ${name}`, async () => {
        const { url } = await block.run(surroundings());
        await scenario(url, open);
      });
    }
  }

  describe("Events and acknowledgements", () => {
    const programs = pair("Events and acknowledgements");
    const client = { before: page.block("The client", 1), after: page.block("The client", 2) };

    forBoth(programs, "greets, answers, and ignores what it does not know", async (url, open) => {
      const party = await open(url);
      expect(await next(party)).to.deep.equal(["hello", "world"]);
      party.emit("unknown", "Spam");
      expect(await party.ask("shout", "Spam")).to.equal("SPAM");
    });

    it("is what the client speaks to: before", async () => {
      const { url } = await programs.before.block.run();
      const { lines, console } = listening();
      const { exports } = await client.before.run<{ socket: Socket }>({ url, console }, "socket");
      sockets.push(exports.socket);
      expect(lines).to.deep.equal(["Hello world", "SPAM"]);
    });

    it("is what the client speaks to: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      const { lines, console } = listening();
      await client.after.run({ url, console, openEvents });
      expect(lines).to.deep.equal(["Hello world", "SPAM"]);
    });

    it("ends with the process when a handler throws: before", async () => {
      const child = await programs.before.block.start();
      const [, port] = await child.said(/"port":(\d+)/);
      const party = await openBefore(`http://localhost:${port}`);
      party.emit("shout", NO_TEXT);
      const { code, stderr } = await child.outcome;
      expect(code).to.equal(1);
      expect(stderr).to.contain("Cannot convert object to primitive value");
    });

    it("closes one connection when a handler throws: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      const ws = await connect(url, "/events");
      await quietly(async () => {
        await ws.send(modules.encode("shout", NO_TEXT));
        expect((await ws.closed).code).to.equal(1011);
      });
      expect(await next(await openAfter(url))).to.deep.equal(["hello", "world"]);
    });
  });

  describe("Rooms", () => {
    forBoth(pair("Rooms"), "tells those in the room, and all but the sender", async (url, open) => {
      const [a, b, c] = [await open(url), await open(url), await open(url)];
      for (const party of [a, b]) await party.ask("join", "kitchen");
      await c.ask("join", "hall");
      a.emit("say", "Hi");
      for (const party of [a, b]) expect(await next(party)).to.deep.equal(["said", "Hi"]);
      b.emit("typing");
      expect(await next(a)).to.deep.equal(["typing", undefined]);
      a.emit("say", "Bye");
      expect(await next(b)).to.deep.equal(["said", "Bye"]);
      c.emit("say", "Alone");
      expect(await next(c)).to.deep.equal(["said", "Alone"]);
    });
  });

  describe("Everybody, and what may be dropped", () => {
    const programs = pair("Everybody, and what may be dropped");

    forBoth(programs, "tells everybody, and the others", async (url, open) => {
      const [a, b] = [await open(url), await open(url)];
      await untilTrue(() => {
        a.emit("position", [1, 2]);
        return b.heard.length > 0;
      });
      expect(await next(b)).to.deep.equal(["position", [1, 2]]);
      a.emit("news", "Rain");
      expect(await next(a)).to.deep.equal(["news", "Rain"]);
      await untilTrue(() => b.heard.some(([event]) => event === "news"));
    });
  });

  describe("Namespaces", () => {
    forBoth(pair("Namespaces"), "greets in each by its own", async (url, open) => {
      expect(await next(await open(url, "/news"))).to.deep.equal(["hello", "reader"]);
      expect(await next(await open(url, "/admin"))).to.deep.equal(["hello", "admin"]);
    });
  });

  describe("Who is it, by session", () => {
    const programs = pair("Who is it");

    forBoth(programs, "knows who has signed in", async (url, open) => {
      const answer = await fetch(`${url}/login/bob`, { method: "POST" });
      const cookie = answer.headers.get("set-cookie") ?? "";
      expect(await next(await open(url, undefined, { cookie }))).to.deep.equal(["hello", "bob"]);
    });

    it("refuses a stranger once it is connected: before", async () => {
      const { url } = await programs.before.block.run();
      const told: string[] = [];
      const socket = openSocket(url, {});
      socket.io.on("open", () => told.push("open"));
      socket.on("connect_error", ({ message }) => told.push(message));
      await untilTrue(() => told.length === 2);
      expect(told).to.deep.equal(["open", "Who are you?"]);
    });

    it("refuses a stranger with 401: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      await expectRefusal(connect(url, "/events"), 401);
    });
  });

  describe("Who is it, by token", () => {
    const servers = pair("Who is it", 3);
    const client = { before: page.block("Who is it", 5), after: page.block("Who is it", 6) };

    for (const [token, line] of [
      ["sesame", "Hello world"],
      ["guess", "Who are you?"],
    ] as const) {
      it(`says "${line}" to ${token}: before`, async () => {
        const { url } = await servers.before.block.run();
        const { lines, console } = listening();
        const { exports } = await client.before.run<{ socket: Socket }>({ url, token, console }, "socket");
        sockets.push(exports.socket);
        await untilTrue(() => lines.length > 0);
        expect(lines).to.deep.equal([line]);
        expect(exports.socket.active).to.equal(token === "sesame");
      });

      it(`says "${line}" to ${token}: after`, async () => {
        const { url } = await servers.after.block.run(surroundings());
        const { lines, console } = listening();
        const { exports } = await client.after.run<Events>({ url, token, console, openEvents }, "ws");
        await untilTrue(() => lines.length > 0);
        expect(lines).to.deep.equal([line]);
        expect(exports.ws.state).to.equal(token === "sesame" ? "open" : "closed");
      });
    }
  });

  describe("What was missed", () => {
    const servers = pair("What was missed");
    const client = { before: page.block("What was missed", 3), after: page.block("What was missed", 4) };

    interface Publisher {
      publish(item: string): void;
    }

    /** Breaks the connection between the first and the second item. */
    async function expectAll(publish: Publisher["publish"], cut: () => void, lines: string[]): Promise<void> {
      publish("one");
      await untilTrue(() => lines.length === 1);
      cut();
      publish("two");
      publish("three");
      await untilTrue(() => lines.length >= 3);
      expect(lines).to.deep.equal(["one", "two", "three"]);
    }

    it("comes after the connection has: before", async () => {
      const { url, servers: listeners, exports } = await servers.before.block.run<Publisher>();
      const cut = cutter(listeners);
      const { lines, console } = listening();
      const { socket } = (await client.before.run<{ socket: Socket }>({ url, console }, "socket")).exports;
      sockets.push(socket);
      socket.io.reconnectionDelay(SHORT);
      await untilTrue(() => socket.connected);
      await expectAll(exports.publish, cut, lines);
      expect(socket.recovered).to.equal(true);
    });

    it("comes after the connection has: after", async () => {
      const { url, servers: listeners, exports } = await servers.after.block.run<Publisher>(surroundings());
      const cut = cutter(listeners);
      const { lines, console } = listening();
      await client.after.run({ url, console, openEvents });
      await untilTrue(() => clients.every(({ state }) => state === "open"));
      await expectAll(exports.publish, cut, lines);
    });
  });

  describe("Limits and origins", () => {
    const programs = pair("Limits and origins");
    const foreign = { origin: "https://example.org" };

    forBoth(programs, "lets in the origin that it knows", async (url, open) => {
      const party = await open(url, undefined, { origin: "https://example.com" });
      expect(await party.ask("shout", "Spam")).to.equal("SPAM");
    });

    it("lets a WebSocket in from any other: before", async () => {
      const { url } = await programs.before.block.run();
      const party = await openBefore(url, "", foreign);
      expect(await party.ask("shout", "Spam")).to.equal("SPAM");
    });

    it("lets no other in: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      await quietly(() => expectRefusal(connect(url, "/events", { headers: foreign }), 403));
    });

    it("ends the connection on a message that is too large: before", async () => {
      const { url } = await programs.before.block.run();
      const socket = openSocket(url, { reconnection: false });
      await untilTrue(() => socket.connected);
      socket.emit("shout", "x".repeat(1024));
      await untilTrue(() => socket.disconnected);
    });

    it("closes with 1009 on a message that is too large: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      const ws = await connect(url, "/events");
      await ws.send(modules.encode("shout", "x".repeat(1024)));
      expect((await ws.closed).code).to.equal(1009);
    });
  });
});

/** The class of `ws`, with headers that no browser would send. */
function withHeaders(headers: Record<string, string>): NonNullable<ClientOptions["WebSocket"]> {
  return class extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols, { headers } satisfies Handshake);
    }
  };
}

async function next({ heard }: Party): Promise<Party["heard"][number] | undefined> {
  await untilTrue(() => heard.length > 0);
  return heard.shift();
}

/** A console, and what it was told. */
function listening() {
  const lines: string[] = [];
  return { lines, console: { log: (...parts: unknown[]) => lines.push(parts.map(String).join(" ")) } };
}

async function expectRefusal(connecting: Promise<Connection>, status: number): Promise<void> {
  const error = await rejection(connecting);
  expect(error).to.be.instanceOf(UnexpectedResponse).with.nested.property("response.status", status);
}

/** Breaks all connections of these servers, as a network does. */
function cutter(servers: readonly Server[]): () => void {
  const open = new Set<TcpSocket>();
  for (const server of servers) server.on("connection", (socket) => open.add(socket));
  return function cut() {
    for (const socket of open) socket.destroy();
  };
}

/** Keeps what is printed of a failure that is meant out of the tests' report. */
async function quietly(run: () => Promise<void>): Promise<void> {
  const { error } = console;
  console.error = () => {};
  try {
    await run();
  } finally {
    console.error = error;
  }
}
