import type { Server, Socket as TcpSocket } from "node:net";
import { expect } from "chai";
import type { Socket } from "socket.io-client";
import type { Connection } from "../../middleware/index.ts";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { usePage } from "../support/docs/use-page.ts";
import { type EventsClient, type Open, type OpenEvents, useEventClients } from "../support/event-clients.ts";
import { listeningConsole } from "../support/listening-console.ts";
import { rejection } from "../support/rejection.ts";
import { SHORT } from "../support/timeouts.ts";
import { untilTrue } from "../support/until.ts";

/** What the page's module for the server gives. */
interface ServerModule {
  encode(event: string, data?: unknown): string;
  serve(ws: Connection, handlers: Record<string, (data: unknown) => unknown>): Promise<void>;
}

/** What no string can be made of. */
const NO_TEXT = { toString: 1, valueOf: 1 };

describe("docs/from-socket-io.md", () => {
  let modules: ServerModule & { readonly openEvents: OpenEvents };
  const clients = useEventClients(() => modules.openEvents);
  const { openEvents, openSocketIo, openOurs } = clients;

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
    const { exports: client } = await clientModule.run<{ openEvents: OpenEvents }>();
    modules = { ...server, ...client };
  });

  /** The two programs below a heading, the n-th and the next, each with the client that speaks to it. */
  function pair(heading: string, nth = 1) {
    return {
      before: { block: page.block(heading, nth), open: openSocketIo },
      after: { block: page.block(heading, nth + 1), open: openOurs },
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
      expect(await party.next()).to.deep.equal(["hello", "world"]);
      party.emit("unknown", "Spam");
      expect(await party.ask("shout", "Spam")).to.equal("SPAM");
    });

    it("is what the client speaks to: before", async () => {
      const { url } = await programs.before.block.run();
      const { lines, console } = listeningConsole();
      const { exports } = await client.before.run<{ socket: Socket }>({ url, console }, "socket");
      clients.close(exports.socket);
      expect(lines).to.deep.equal(["Hello world", "SPAM"]);
    });

    it("is what the client speaks to: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      const { lines, console } = listeningConsole();
      await client.after.run({ url, console, openEvents });
      expect(lines).to.deep.equal(["Hello world", "SPAM"]);
    });

    it("ends with the process when a handler throws: before", async () => {
      const child = await programs.before.block.start();
      const [, port] = await child.said(/"port":(\d+)/);
      const party = await openSocketIo(`http://localhost:${port}`);
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
      expect(await (await openOurs(url)).next()).to.deep.equal(["hello", "world"]);
    });
  });

  describe("Rooms", () => {
    forBoth(pair("Rooms"), "tells those in the room, and all but the sender", async (url, open) => {
      const [a, b, c] = [await open(url), await open(url), await open(url)];
      for (const party of [a, b]) await party.ask("join", "kitchen");
      await c.ask("join", "hall");
      a.emit("say", "Hi");
      for (const party of [a, b]) expect(await party.next()).to.deep.equal(["said", "Hi"]);
      b.emit("typing");
      expect(await a.next()).to.deep.equal(["typing", undefined]);
      a.emit("say", "Bye");
      expect(await b.next()).to.deep.equal(["said", "Bye"]);
      c.emit("say", "Alone");
      expect(await c.next()).to.deep.equal(["said", "Alone"]);
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
      expect(await b.next()).to.deep.equal(["position", [1, 2]]);
      a.emit("news", "Rain");
      expect(await a.next()).to.deep.equal(["news", "Rain"]);
      await untilTrue(() => b.heard.some(([event]) => event === "news"));
    });
  });

  describe("Namespaces", () => {
    forBoth(pair("Namespaces"), "greets in each by its own", async (url, open) => {
      expect(await (await open(url, "/news")).next()).to.deep.equal(["hello", "reader"]);
      expect(await (await open(url, "/admin")).next()).to.deep.equal(["hello", "admin"]);
    });
  });

  describe("Who is it, by session", () => {
    const programs = pair("Who is it");

    forBoth(programs, "knows who has signed in", async (url, open) => {
      const answer = await fetch(`${url}/login/bob`, { method: "POST" });
      const cookie = answer.headers.get("set-cookie") ?? "";
      expect(await (await open(url, undefined, { cookie })).next()).to.deep.equal(["hello", "bob"]);
    });

    it("refuses a stranger once it is connected: before", async () => {
      const { url } = await programs.before.block.run();
      const told: string[] = [];
      const socket = clients.socket(url);
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
        const { lines, console } = listeningConsole();
        const { exports } = await client.before.run<{ socket: Socket }>({ url, token, console }, "socket");
        clients.close(exports.socket);
        await untilTrue(() => lines.length > 0);
        expect(lines).to.deep.equal([line]);
        expect(exports.socket.active).to.equal(token === "sesame");
      });

      it(`says "${line}" to ${token}: after`, async () => {
        const { url } = await servers.after.block.run(surroundings());
        const { lines, console } = listeningConsole();
        const { exports } = await client.after.run<EventsClient>({ url, token, console, openEvents }, "ws");
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
    async function expectAll(
      publish: Publisher["publish"],
      cut: () => void,
      lines: readonly string[],
    ): Promise<void> {
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
      const { lines, console } = listeningConsole();
      const { socket } = (await client.before.run<{ socket: Socket }>({ url, console }, "socket")).exports;
      clients.close(socket);
      socket.io.reconnectionDelay(SHORT);
      await untilTrue(() => socket.connected);
      await expectAll(exports.publish, cut, lines);
      expect(socket.recovered).to.equal(true);
    });

    it("comes after the connection has: after", async () => {
      const { url, servers: listeners, exports } = await servers.after.block.run<Publisher>(surroundings());
      const cut = cutter(listeners);
      const { lines, console } = listeningConsole();
      let opened: EventsClient | undefined;
      const open: OpenEvents = (...args) => {
        opened = openEvents(...args);
        return opened;
      };
      await client.after.run({ url, console, openEvents: open });
      await untilTrue(() => opened?.ws.state === "open");
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
      const party = await openSocketIo(url, "", foreign);
      expect(await party.ask("shout", "Spam")).to.equal("SPAM");
    });

    it("lets no other in: after", async () => {
      const { url } = await programs.after.block.run(surroundings());
      await quietly(() => expectRefusal(connect(url, "/events", { headers: foreign }), 403));
    });

    it("ends the connection on a message that is too large: before", async () => {
      const { url } = await programs.before.block.run();
      const socket = clients.socket(url, { reconnection: false });
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

/** Keeps the report of a failure that is meant from the screen; it has to come. */
async function quietly(run: () => Promise<void>): Promise<void> {
  const { error } = console;
  let reported = false;
  console.error = () => {
    reported = true;
  };
  try {
    await run();
    await untilTrue(() => reported);
  } finally {
    console.error = error;
  }
}
