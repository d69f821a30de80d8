import { expect } from "chai";
import request from "supertest";
import { LogUnavailable } from "../../handlers/chat/log/log.ts";
import { MAX_PAGE, type Page, type RoomList } from "../../handlers/chat/protocol.ts";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { readPage } from "../../views/pages.ts";
import { joinChat, openChat } from "../support/chat-client.ts";
import { settle } from "../support/recording-client.ts";
import { rejection } from "../support/rejection.ts";
import { untilTrue } from "../support/until.ts";
import { type ChatServer, useChat } from "../support/use-chat.ts";
import { useNetwork } from "../support/use-network.ts";

const CAFE = ["caf%C3%A9", "cafe%CC%81", "caf%c3%a9", "%63af%C3%A9"];

describe("chat", () => {
  const network = useNetwork();
  const serveChat = useChat(network);
  let server: ChatServer;

  beforeEach(async () => {
    server = await serveChat();
  });

  describe("its pages", () => {
    for (const [path, name] of [
      ["/chat/", "chat/lobby"],
      ["/chat/lobby/", "chat/room"],
      ["/chat/%E9%83%A8%E5%B1%8B/", "chat/room"],
      ["/chat/rooms/", "chat/room"],
    ] as const) {
      it(`are ${name} at ${path}`, async () => {
        const { status, text } = await request(server.url).get(path);
        expect({ status, text }).to.deep.equal({ status: 200, text: readPage(name) });
      });
    }

    it("are at the URL that ends in a slash", async () => {
      for (const path of ["/chat", "/chat/lobby"]) {
        const { status, headers } = await request(server.url).get(`${path}?a=b`);
        expect(status).to.equal(301);
        expect(new URL(headers.location ?? "", server.url + path).pathname).to.equal(`${path}/`);
      }
    });

    it("refuse what is no room in one line of text", async () => {
      for (const name of ["a.b", "a%20b", "%00", "%E2%80%AEabc", "x".repeat(65), "%F0%9F%98%80"]) {
        const { status, type, text } = await request(server.url).get(`/chat/${name}/`);
        expect({ status, type }, name).to.deep.equal({ status: 400, type: "text/plain" });
        expect(text).to.match(/^The name of a room is .*\n$/);
      }
      expect((await request(server.url).get("/chat/%E0%A4%A/")).status).to.equal(400);
    });
  });

  describe("its WebSocket view", () => {
    it("is the same room however its name is written", async () => {
      const members = await Promise.all(
        CAFE.map((name, i) => network.connect(`${server.wsUrl}/chat/${name}/ws/?nick=m${i}`)),
      );
      expect(server.rooms.size).to.equal(1);
      expect(server.rooms.get("caf\u00e9").size).to.equal(members.length);
    });

    for (const [what, path] of Object.entries({
      "no nick": "/chat/lobby/ws/",
      "an empty nick": "/chat/lobby/ws/?nick=",
      "white space for a nick": "/chat/lobby/ws/?nick=%20%09",
      "a nick that nobody sees": "/chat/lobby/ws/?nick=%E2%80%8B%E2%80%8D",
      "a nick that overrides direction": "/chat/lobby/ws/?nick=a%E2%80%AEb",
      "a nick with a control character": "/chat/lobby/ws/?nick=a%00b",
      "a nick too long": `/chat/lobby/ws/?nick=${"x".repeat(33)}`,
      "two nicks": "/chat/lobby/ws/?nick=ann&nick=bob",
      "two keys": "/chat/lobby/ws/?nick=ann&key=1&key=2",
      "a key too long": `/chat/lobby/ws/?nick=ann&key=${"k".repeat(129)}`,
      "what is no room": "/chat/a.b/ws/?nick=ann",
    })) {
      it(`refuses ${what} with 400 and in one line, before the handshake`, async () => {
        const error = await rejection(connect(server.server, path));
        if (!(error instanceof UnexpectedResponse)) throw error;
        expect(error.response.status).to.equal(400);
        expect(error.response.text).to.match(/^[A-Z"].{8,120}\n$/);
        expect(server.rooms.size).to.equal(0);
      });
    }

    it("says what it is to a plain HTTP client", async () => {
      expect((await request(server.url).get("/chat/lobby/ws/?nick=ann")).status).to.equal(426);
    });

    it("lets nobody in from a page of another origin", async () => {
      const options = { headers: { Origin: "http://evil.example" } };
      const error = await rejection(connect(server.server, "/chat/lobby/ws/?nick=ann", options));
      expect(error).to.have.nested.property("response.status", 403);
    });

    it("takes an empty since, or key, for none", async () => {
      await server.log.append("lobby", { nick: "Zed", author: "zed", ref: "1", text: "Hello" });
      const ann = await joinChat(server, "lobby", "ann", { since: "", key: "" });
      expect(ann.frames.map(({ type }) => type)).to.deep.equal(["welcome", "message", "ready"]);
      const other = await openChat(server, "lobby", "ann", { key: "" });
      expect(await other.frame()).to.include({ code: "nick-taken" });
    });
  });

  describe("its list of rooms", () => {
    it("has those with somebody in them, the fullest first, then those where something was said last", async () => {
      for (const room of ["old", "new", "one"]) await say(room, 1);
      await joinChat(server, "one", "ann");
      await joinChat(server, "two", "ann");
      await joinChat(server, "two", "bob");
      const { rooms } = await getJson<RoomList>("/chat/rooms.json");
      expect(rooms.map(({ room, members }) => [room, members])).to.deep.equal([
        ["two", 2],
        ["one", 1],
        ["new", 0],
        ["old", 0],
      ]);
      expect(rooms[0]).to.not.have.property("time");
      for (const { time = "" } of rooms.slice(1)) expect(new Date(time).toISOString()).to.equal(time);
    });

    it("is empty at first, and is not kept by browsers", async () => {
      const { headers, body } = await request(server.url).get("/chat/rooms.json");
      expect(body).to.deep.equal({ rooms: [] });
      expect(headers).to.include({
        "cache-control": "no-store",
        "content-type": "application/json; charset=utf-8",
      });
    });
  });

  describe("older messages", () => {
    it("are the last ones, then page by page those before", async () => {
      await say("lobby", 120);
      const pages: Page[] = [await getJson<Page>("/chat/lobby/messages/")];
      while (pages[0]?.more)
        pages.unshift(
          await getJson<Page>(`/chat/lobby/messages/?limit=50&before=${pages[0].messages[0]?.id}`),
        );
      expect(pages.map(({ messages }) => messages.length)).to.deep.equal([20, 50, 50]);
      const texts = pages.flatMap(({ messages }) => messages.map(({ text }) => text));
      expect(texts).to.deep.equal(Array.from({ length: 120 }, (_, n) => String(n)));
    });

    it("are the same frames that members get", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      await ann.ack("1", "<script>");
      await settle(ann);
      expect((await getJson<Page>("/chat/lobby/messages/")).messages).to.deep.equal(ann.messages);
    });

    it("say where there are exactly as many that there are no more", async () => {
      await say("lobby", 10);
      expect(await getJson<Page>("/chat/lobby/messages/?limit=10")).to.include({ more: false });
      expect(await getJson<Page>("/chat/lobby/messages/?limit=9")).to.include({ more: true });
    });

    it("are none in a room where nothing was said, or before what never was", async () => {
      const none = { messages: [], more: false };
      expect(await getJson("/chat/empty/messages/")).to.deep.equal(none);
      await say("lobby", 1);
      for (const id of ["nonsense", "%00", "1e9", "-1", "9".repeat(500)])
        expect(await getJson(`/chat/lobby/messages/?before=${id}`), id).to.deep.equal(none);
    });

    for (const query of ["limit=0", "limit=-1", "limit=x", `limit=${MAX_PAGE + 1}`, "limit=5&limit=6"]) {
      it(`refuse ${query} with 400 and in one line`, async () => {
        const { status, text } = await request(server.url).get(`/chat/lobby/messages/?${query}`);
        expect(status).to.equal(400);
        expect(text).to.match(/"limit".*\n$/);
      });
    }
  });

  describe("while its log is unavailable", () => {
    const broken = { is: false };

    beforeEach(async () => {
      broken.is = false;
      server = await serveChat({
        wrap: (log) => ({
          ...log,
          append: async (...args) => (broken.is ? fail() : log.append(...args)),
          read: async (...args) => (broken.is ? fail() : log.read(...args)),
          latestRooms: async (...args) => (broken.is ? fail() : log.latestRooms(...args)),
        }),
      });
    });

    it("answers 503 over HTTP, and when to come again", async () => {
      broken.is = true;
      for (const path of ["/chat/rooms.json", "/chat/lobby/messages/"]) {
        const { status, headers, text } = await request(server.url).get(path);
        expect({ status, text }).to.deep.equal({
          status: 503,
          text: "What was said cannot be read at the moment: try again, later\n",
        });
        expect(headers).to.include({ "retry-after": "1" });
      }
    });

    it("acknowledges nothing, says so, and takes the same message later", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      broken.is = true;
      expect(await ann.tell("1", "Hello")).to.include({ type: "error", code: "unavailable", ref: "1" });
      broken.is = false;
      await ann.ack("1", "Hello");
      await settle(ann);
      expect(ann.messages.map(({ ref }) => ref)).to.deep.equal(["1"]);
    });

    it("lets nobody join, says why, and closes with 1013, which asks to come again", async () => {
      broken.is = true;
      const ann = await openChat(server, "lobby", "ann");
      expect(await ann.nextOf("error")).to.include({ code: "unavailable" });
      expect((await ann.closed).code).to.equal(1013);
      await untilTrue(() => server.rooms.size === 0);
      broken.is = false;
      await joinChat(server, "lobby", "ann");
    });
  });

  describe("restarted", () => {
    it("has all that was acknowledged, in the same order, and knows each ref again", async () => {
      const ann = await joinChat(server, "lobby", "ann", { key: "k" });
      const ids = [await ann.ack("1", "one"), await ann.ack("2", "two")];
      await settle(ann);
      await server.stop();
      expect((await ann.closed).code).to.equal(1001);
      server = await serveChat();
      const again = await joinChat(server, "lobby", "ann", { since: ids[0] ?? "", key: "k" });
      expect(await again.ack("2", "two")).to.equal(ids[1]);
      await again.ack("3", "three");
      await settle(again);
      expect(again.messages.map(({ text }) => text)).to.deep.equal(["two", "three"]);
      const all = await joinChat(server, "lobby", "all");
      expect(all.messages.slice(0, 2)).to.deep.equal(ann.messages);
    });

    it("with messages on their way, loses and doubles none of those that are sent again", async () => {
      const members = await Promise.all(
        Array.from({ length: 10 }, (_, i) => joinChat(server, "lobby", `m${i}`)),
      );
      for (const one of members) for (let n = 0; n < 5; n++) one.say(`${n}`, "Hello");
      await server.stop();
      for (const { closed } of members) expect((await closed).code).to.equal(1001);
      server = await serveChat();
      const again = await Promise.all(members.map((_, i) => joinChat(server, "lobby", `m${i}`)));
      for (const [i, one] of again.entries()) {
        const acks = new Map(
          members[i]?.frames.flatMap((frame) => (frame.type === "ack" ? [[frame.ref, frame.id]] : [])),
        );
        for (let n = 0; n < 5; n++) {
          const id = await one.ack(`${n}`, "Hello");
          expect(id).to.equal(acks.get(`${n}`) ?? id);
        }
      }
      const { messages } = await getJson<Page>(`/chat/lobby/messages/?limit=${MAX_PAGE}`);
      expect(messages).to.have.length(50);
      expect(new Set(messages.map(({ nick, ref }) => `${nick} ${ref}`)).size).to.equal(50);
    });
  });

  async function say(room: string, count: number): Promise<void> {
    for (let n = 0; n < count; n++)
      await server.log.append(room, { nick: "Zed", author: "zed", ref: `${n}`, text: `${n}` });
  }

  async function getJson<T>(path: string): Promise<T> {
    const { status, body } = await request(server.url).get(path);
    expect(status).to.equal(200);
    return body;
  }
});

function fail(): never {
  throw new LogUnavailable("Out of order");
}
