import { expect } from "chai";
import { type ErrorFrame, REPLACED, type ServerFrame } from "../../../handlers/chat/protocol.ts";
import { type ChatClient, joinChat, openChat } from "../../support/chat-client.ts";
import { deferred } from "../../support/deferred.ts";
import { settle } from "../../support/recording-client.ts";
import { SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { type ChatServer, useChat } from "../../support/use-chat.ts";
import { useNetwork } from "../../support/use-network.ts";

const KEY = "8f14e45fceea167a5a36dedd4bea2543";

describe("Room", () => {
  const network = useNetwork();
  const serveChat = useChat(network);
  let server: ChatServer;

  beforeEach(async () => {
    server = await serveChat();
  });

  describe("who is in it", () => {
    it("tells the others who comes and who goes, each once", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      const bob = await joinChat(server, "lobby", "bob");
      bob.ws.close();
      await bob.closed;
      await ann.nextOf("left");
      await settle(ann);
      expect(presence(ann)).to.deep.equal(["joined bob", "left bob"]);
      expect(presence(bob)).to.deep.equal([]);
    });

    it("hears that somebody left whose connection broke", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      const bob = await joinChat(server, "lobby", "bob");
      bob.ws.terminate();
      await ann.nextOf("left");
      await settle(ann);
      expect(presence(ann)).to.deep.equal(["joined bob", "left bob"]);
    });

    it("hears that somebody left whose connection died without a sign", async () => {
      const other = await serveChat({ view: { pingInterval: SHORT, pingTimeout: SHORT } });
      const ann = await joinChat(other, "lobby", "ann");
      const bob = await joinChat(other, "lobby", "bob");
      bob.ws.pause();
      await ann.nextOf("left");
      expect(presence(ann)).to.deep.equal(["joined bob", "left bob"]);
      await joinChat(other, "lobby", "bob");
    });
  });

  describe("a crowd", () => {
    it("knows who is there, each once, whoever came or went meanwhile", async () => {
      const count = 150;
      const crowd = await Promise.all(numbers(0, count).map((nick) => joinChat(server, "lobby", nick)));
      const leaving = crowd.splice(100);
      for (const { ws } of leaving) ws.close();
      await Promise.all(leaving.map(({ closed }) => closed));
      await untilTrue(() => server.rooms.get("lobby").size === crowd.length);
      await crowd[0]?.ack("1", "All of that is heard before this");
      await settle(...crowd);
      for (const one of crowd) {
        const [welcome] = one.frames;
        if (welcome?.type !== "welcome") throw new Error("Not welcome");
        const joined = presence(one, "joined");
        expect([...welcome.members, ...joined].sort()).to.deep.equal(numbers(0, count).sort());
        expect(presence(one, "left").sort()).to.deep.equal(numbers(100, count).sort());
        expect(one.frames.at(-1)).to.have.property("ref", "1");
      }
    });
  });

  describe("a nick that is taken", () => {
    for (const [nick, key] of [
      ["bob", undefined],
      ["BOB", undefined],
      ["b\u200bob", undefined],
      ["bob", "another key"],
    ] as const) {
      it(`is refused as ${JSON.stringify(nick)} with ${key ?? "no key"}, by an error and 1008`, async () => {
        const ann = await joinChat(server, "lobby", "ann");
        const bob = await joinChat(server, "lobby", "Bob", { key: KEY });
        const other = await openChat(server, "lobby", nick, key === undefined ? {} : { key });
        const frame = await other.frame();
        expect(frame).to.include({ type: "error", code: "nick-taken" });
        expect(frame).to.have.property("message").that.contains("choose another nick");
        expect((await other.closed).code).to.equal(1008);
        await bob.ack("1", "I am still here");
        await settle(ann);
        expect(presence(ann)).to.deep.equal(["joined Bob"]);
      });
    }

    it("is refused to whoever has no key, where the first has none either", async () => {
      await joinChat(server, "lobby", "bob");
      const other = await openChat(server, "lobby", "bob");
      expect(await other.frame()).to.include({ code: "nick-taken" });
    });

    it("is free as soon as its owner is gone, though its last message is not kept yet", async () => {
      const held = deferred<void>();
      const slow = await serveChat({
        wrap: (log) => ({ ...log, append: (...args) => held.promise.then(() => log.append(...args)) }),
      });
      const ann = await joinChat(slow, "lobby", "ann");
      const bob = await joinChat(slow, "lobby", "bob");
      bob.say("1", "Goodbye");
      bob.ws.close();
      await bob.closed;
      const again = await joinChat(slow, "lobby", "bob");
      held.resolve();
      await again.nextOf("message");
      await settle(ann, again);
      expect(presence(ann)).to.deep.equal(["joined bob", "left bob", "joined bob"]);
      expect(ann.messages.map(({ text }) => text)).to.deep.equal(["Goodbye"]);
      expect(await again.ack("1", "Goodbye")).to.equal(ann.messages[0]?.id);
      expect(slow.rooms.get("lobby").size).to.equal(2);
    });

    it("is free in another room, and again when its owner has left", async () => {
      const bob = await joinChat(server, "lobby", "bob");
      await joinChat(server, "attic", "bob");
      bob.ws.close();
      await bob.closed;
      await joinChat(server, "lobby", "bob");
    });
  });

  describe("who comes back with the same key", () => {
    it("takes the place of its old connection, and nobody notices", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      const old = await joinChat(server, "lobby", "Bob", { key: KEY });
      const bob = await openChat(server, "lobby", "Bob", { key: KEY });
      expect(await bob.frame()).to.deep.equal({
        type: "welcome",
        room: "lobby",
        nick: "Bob",
        members: ["ann", "Bob"],
      });
      await bob.nextOf("ready");
      expect(await old.closed).to.deep.equal({ code: REPLACED, reason: "Connected again elsewhere" });
      await bob.ack("1", "It is me");
      await settle(ann);
      expect(presence(ann)).to.deep.equal(["joined Bob"]);
      expect(ann.messages.map(({ nick }) => nick)).to.deep.equal(["Bob"]);
      expect(old.messages).to.deep.equal([]);
    });

    it("has its nick as it is written now, of which the others hear", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      await joinChat(server, "lobby", "Bob", { key: KEY });
      const bob = await joinChat(server, "lobby", "bob", { key: KEY });
      await bob.ack("1", "It is me");
      await settle(ann);
      expect(presence(ann)).to.deep.equal(["joined Bob", "left Bob", "joined bob"]);
      expect(ann.messages.map(({ nick }) => nick)).to.deep.equal(["bob"]);
    });

    it("leaves once, when the new connection goes", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      for (let n = 0; n < 5; n++) await joinChat(server, "lobby", "bob", { key: KEY });
      const bob = await joinChat(server, "lobby", "bob", { key: KEY });
      bob.ws.close();
      await ann.nextOf("left");
      await settle(ann);
      expect(presence(ann)).to.deep.equal(["joined bob", "left bob"]);
      expect(server.rooms.get("lobby").size).to.equal(1);
    });

    it("takes over from a connection that is dead and does not know it", async () => {
      const old = await joinChat(server, "lobby", "bob", { key: KEY });
      old.ws.pause();
      const bob = await joinChat(server, "lobby", "bob", { key: KEY });
      await bob.ack("1", "It is me");
      old.ws.terminate();
      await settle(bob);
      expect(presence(bob)).to.deep.equal([]);
    });

    it("says its last words only once, on whichever connection", async () => {
      const old = await joinChat(server, "lobby", "bob", { key: KEY });
      old.say("1", "Hello");
      const bob = await joinChat(server, "lobby", "bob", { key: KEY });
      const id = await bob.ack("1", "Hello");
      await settle(bob);
      expect(bob.messages.map((message) => message.id)).to.deep.equal([id]);
    });

    it("never hears a key, nor does anybody", async () => {
      const ann = await joinChat(server, "lobby", "ann", { key: "ann's key" });
      await joinChat(server, "lobby", "bob", { key: KEY });
      const bob = await joinChat(server, "lobby", "bob", { key: KEY });
      await bob.ack("1", "Hello");
      await settle(ann, bob);
      expect(JSON.stringify([ann.history, bob.history])).to.not.match(/key|8f14/);
    });
  });

  describe("typing", () => {
    it("is heard by the others, at most once a second", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      const bob = await joinChat(server, "lobby", "bob");
      for (let n = 0; n < 20; n++) bob.send('{"type":"typing"}');
      await settle(bob, ann);
      expect(ann.frames.filter(({ type }) => type === "typing")).to.deep.equal([
        { type: "typing", nick: "bob" },
      ]);
      expect(bob.frames.map(({ type }) => type)).to.deep.equal(["welcome", "ready"]);
    });
  });

  describe("floods", () => {
    it("lets ten messages pass at once, and refuses more with the time to wait", async () => {
      const bob = await joinChat(server, "lobby", "bob");
      const answers = await burst(bob, numbers(0, 25));
      expect(answers.slice(0, 10).map(({ type }) => type)).to.deep.equal(Array(10).fill("ack"));
      const refused = answers.filter((answer) => answer.type === "error");
      expect(refused.length).to.be.at.least(10);
      for (const [index, { code, wait, message }] of refused.entries()) {
        expect(code).to.equal("flood");
        expect(wait).to.be.within(index * 500 + 1, index * 500 + 501);
        expect(message).to.match(/send it again in \d+ ms$/);
      }
    });

    it("takes all that was too much, if each comes again when it was told to", async () => {
      const bob = await joinChat(server, "lobby", "bob");
      const refused = (await burst(bob, numbers(0, 13))).filter((answer) => answer.type === "error");
      for (const { ref = "", wait } of refused) setTimeout(() => bob.say(ref, "Hello"), wait);
      await untilTrue(() => bob.frames.filter(({ type }) => type === "ack").length === 13);
      expect(bob.frames.filter(({ type }) => type === "error")).to.deep.equal(refused);
    });

    it("counts a message that is sent again as it counts a new one", async () => {
      const bob = await joinChat(server, "lobby", "bob");
      const id = await bob.ack("again", "Hello");
      const answers = await burst(bob, Array(15).fill("again"));
      for (const answer of answers.slice(0, 9)) expect(answer).to.include({ type: "ack", id });
      expect(answers.at(-1)).to.include({ type: "error", code: "flood", ref: "again" });
    });

    it("is over with 1008 for who goes on", async () => {
      const ann = await joinChat(server, "lobby", "ann");
      const bob = await joinChat(server, "lobby", "bob");
      for (const ref of numbers(0, 100)) bob.say(ref, "Hello");
      expect(await bob.closed).to.deep.equal({ code: 1008, reason: "Too many messages" });
      expect(bob.frames.filter(({ type }) => type === "error")).to.have.length.within(20, 30);
      await ann.nextOf("left");
      await settle(ann);
      expect(ann.messages.map(({ ref }) => ref)).to.deep.equal(
        bob.frames.flatMap((frame) => (frame.type === "ack" ? [frame.ref] : [])),
      );
    });

    it("goes by the nick, and not by its connection", async () => {
      const old = await joinChat(server, "lobby", "bob", { key: KEY });
      await burst(old, numbers(0, 25));
      const bob = await joinChat(server, "lobby", "bob", { key: KEY });
      const answers = await burst(bob, numbers(25, 30));
      expect(answers.filter(({ type }) => type === "ack").length).to.be.below(5);
    });

    it("of whatever else a member can send is over with 1008, too", async () => {
      const bob = await joinChat(server, "lobby", "bob");
      for (let n = 0; n < 300; n++) bob.send("{}");
      expect((await bob.closed).code).to.equal(1008);
    });
  });
});

/** Says all at once; gives the answers, in order. */
async function burst(client: ChatClient, refs: readonly string[]) {
  for (const ref of refs) client.say(ref, "Hello");
  const answers: (ErrorFrame | Extract<ServerFrame, { type: "ack" }>)[] = [];
  while (answers.length < refs.length) {
    const frame = await client.frame();
    if (frame.type === "ack" || frame.type === "error") answers.push(frame);
  }
  return answers;
}

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, i) => String(from + i));
}

/** Who came and went, as somebody heard it: `joined bob`; of one of both only who: `bob`. */
function presence(client: ChatClient, which?: "joined" | "left"): string[] {
  return client.frames.flatMap((frame) => {
    if (frame.type !== "joined" && frame.type !== "left") return [];
    if (which === undefined) return [`${frame.type} ${frame.nick}`];
    return frame.type === which ? [frame.nick] : [];
  });
}
