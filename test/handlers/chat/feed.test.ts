import { expect } from "chai";
import type { Log } from "../../../handlers/chat/log/log.ts";
import { type ChatClient, joinChat, openChat } from "../../support/chat-client.ts";
import { settle } from "../../support/recording-client.ts";
import { untilTrue } from "../../support/until.ts";
import { type ChatServer, useChat } from "../../support/use-chat.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("Feed", () => {
  const network = useNetwork();
  const serveChat = useChat(network);

  describe("to one who comes", () => {
    it("sends the last fifty messages, oldest first, then ready", async () => {
      const server = await serveChat();
      await append(server, 0, 60);
      const ann = await openChat(server, "lobby", "ann");
      const types = (await ann.upTo("ready")).map(({ type }) => type);
      expect(types).to.deep.equal(["welcome", ...Array.from({ length: 50 }, () => "message"), "ready"]);
      expect(texts(ann)).to.deep.equal(numbers(10, 60));
    });

    it("sends all since a message, however many there are", async () => {
      const server = await serveChat();
      const ids = await append(server, 0, 1000);
      const ann = await joinChat(server, "lobby", "ann", { since: ids[99] ?? "" });
      expect(texts(ann)).to.deep.equal(numbers(100, 1000));
      expect(ann.frames.filter(({ type }) => type === "gap")).to.deep.equal([]);
    });

    it("sends nothing but ready where nothing was said since", async () => {
      const server = await serveChat();
      const ids = await append(server, 0, 3);
      const ann = await openChat(server, "lobby", "ann", { since: ids.at(-1) ?? "" });
      expect((await ann.upTo("ready")).map(({ type }) => type)).to.deep.equal(["welcome", "ready"]);
    });

    it("says first that there is a gap where some is no longer kept", async () => {
      const server = await serveChat({ maxEntries: 10, trimInterval: 1 });
      const ids = await append(server, 0, 50);
      await untilTrimmed(server, 10);
      const ann = await openChat(server, "lobby", "ann", { since: ids[20] ?? "" });
      const types = (await ann.upTo("ready")).map(({ type }) => type);
      expect(types.slice(0, 3)).to.deep.equal(["welcome", "gap", "message"]);
      expect(texts(ann)).to.deep.equal(numbers(40, 50));
    });

    it("takes an id that never was for a gap", async () => {
      const server = await serveChat();
      await append(server, 0, 3);
      for (const since of ["nonsense", "9".repeat(5000), "-1", "\u0000", "'"]) {
        const ann = await openChat(server, "lobby", "ann", { since });
        const types = (await ann.upTo("ready")).map(({ type }) => type);
        expect(types).to.deep.equal(["welcome", "gap", "message", "message", "message", "ready"]);
        ann.ws.close();
        await ann.closed;
      }
    });

    it("goes on with what is said behind a gap in an empty room", async () => {
      const server = await serveChat();
      const ann = await joinChat(server, "lobby", "ann", { since: "nonsense" });
      await ann.ack("1", "Hello");
      await settle(ann);
      expect(ann.frames.map(({ type }) => type)).to.have.members([
        "welcome",
        "gap",
        "ready",
        "message",
        "ack",
      ]);
    });
  });

  describe("in the middle of a stream of messages", () => {
    it("loses and doubles nothing for those who join with history, without, or again", async () => {
      const server = await serveChat();
      const first = await append(server, 0, 500);
      const watcher = await joinChat(server, "lobby", "watcher");
      const joining: Promise<ChatClient>[] = [];
      const stream = append(server, 500, 3000, (n) => {
        if (n % 100 !== 0) return;
        joining.push(joinChat(server, "lobby", `new-${n}`));
        joining.push(joinChat(server, "lobby", `since-${n}`, { since: first[n % 500] ?? "" }));
      });
      await stream;
      const clients = await Promise.all(joining);
      await untilTrue(() => [watcher, ...clients].every((one) => texts(one).at(-1) === "2999"));
      const all = numbers(0, 3000);
      expect(texts(watcher)).to.deep.equal(all.slice(450));
      for (const client of clients) {
        const said = texts(client);
        expect(said).to.deep.equal(all.slice(-said.length));
        const since = /since-(\d+)/.exec(client.ws.url)?.[1];
        expect(said.length).to.be.at.least(since === undefined ? 50 : 3000 - 1 - (Number(since) % 500));
      }
    });

    it("loses and doubles nothing where the log can be read before it has told its followers", async () => {
      const held: (() => void)[] = [];
      const server = await serveChat({ wrap: (log) => holdFollowers(log, held) });
      const ids = await append(server, 0, 5);
      const ann = await joinChat(server, "lobby", "ann");
      const more = await append(server, 5, 10);
      const ahead = await openChat(server, "lobby", "ahead", { since: more[3] ?? "" });
      const end = await openChat(server, "lobby", "end", { since: more.at(-1) ?? "" });
      const behind = await openChat(server, "lobby", "behind", { since: ids[2] ?? "" });
      await settle(ahead, end, behind);
      expect(texts(ann)).to.deep.equal(numbers(0, 5));
      for (const tell of held.splice(0)) tell();
      await Promise.all([ahead, end, behind].map((one) => one.nextOf("ready")));
      await append(server, 10, 12);
      for (const tell of held.splice(0)) tell();
      await settle(ann, ahead, end, behind);
      expect(texts(ann)).to.deep.equal(numbers(0, 12));
      expect(texts(ahead)).to.deep.equal(numbers(9, 12));
      expect(texts(end)).to.deep.equal(numbers(10, 12));
      expect(texts(behind)).to.deep.equal(numbers(3, 12));
    });
  });

  describe("to one who does not read", () => {
    const long = "\u{1F600}".repeat(4000);

    it("gives up with 1013; with since it gets the rest", async () => {
      const server = await serveChat();
      const slow = await joinChat(server, "lobby", "slow", { key: "slow" });
      const ann = await joinChat(server, "lobby", "ann");
      slow.ws.pause();
      let said = 0;
      while (server.rooms.get("lobby").size === 2) {
        await append(server, said, said + 50, undefined, long);
        said += 50;
      }
      slow.ws.resume();
      expect((await slow.closed).code).to.equal(1013);
      const last = slow.messages.at(-1);
      const again = await joinChat(server, "lobby", "slow", { since: last?.id ?? "", key: "slow" });
      const refs = [...slow.messages, ...again.messages].map(({ ref }) => ref);
      expect(refs).to.deep.equal(numbers(0, said));
      await untilTrue(() => ann.messages.length === said);
    });

    it("does not give up for the history that it asked for", async () => {
      const server = await serveChat();
      const [first = ""] = await append(server, 0, 1000, undefined, long);
      const slow = await openChat(server, "lobby", "slow", { since: first });
      await slow.nextOf("message");
      slow.ws.pause();
      const ann = await joinChat(server, "lobby", "ann");
      await append(server, 1000, 1200, undefined, long);
      await untilTrue(() => ann.messages.some(({ ref }) => ref === "1199"));
      slow.ws.resume();
      await slow.nextOf("ready");
      await untilTrue(() => slow.messages.length >= 1199);
      expect(slow.messages.map(({ ref }) => ref)).to.deep.equal(numbers(1, 1200));
    });
  });
});

/** Says numbers in the lobby, past all allowances; gives their ids. */
async function append(
  { log }: ChatServer,
  from: number,
  to: number,
  before: (n: number) => void = () => {},
  text?: string,
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = from; n < to; n += 10) {
    before(n);
    const batch = numbers(n, Math.min(n + 10, to));
    const entries = batch.map((ref) =>
      log.append("lobby", { nick: "Zed", author: "zed", ref, text: text ?? ref }),
    );
    for (const { id } of await Promise.all(entries)) ids.push(id);
  }
  return ids;
}

/** A log that tells its followers only when it is let. */
function holdFollowers(log: Log, held: (() => void)[]): Log {
  return {
    append: (room, entry) => log.append(room, entry),
    read: (room, range) => log.read(room, range),
    follow: (room, since, listener) =>
      log.follow(room, since, (entries) => held.push(() => listener(entries))),
    look: (room) => log.look(room),
    latestRooms: (limit) => log.latestRooms(limit),
    close: () => log.close(),
  };
}

async function untilTrimmed({ log }: ChatServer, count: number): Promise<void> {
  for (;;) {
    const { entries } = await log.read("lobby", { limit: count + 1 });
    if (entries.length === count) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function texts(client: ChatClient): string[] {
  return client.messages.map(({ text }) => text);
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => String(from + i));
}
