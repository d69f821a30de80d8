import { expect } from "chai";
import { MAX_REF, MAX_TEXT } from "../../../handlers/chat/protocol.ts";
import { joinChat, openChat } from "../../support/chat-client.ts";
import { settle } from "../../support/recording-client.ts";
import { untilTrue } from "../../support/until.ts";
import { type ChatServer, useChat } from "../../support/use-chat.ts";
import { useNetwork } from "../../support/use-network.ts";

const EMOJI = "\u{1F600}";

describe("member", () => {
  const network = useNetwork();
  const serveChat = useChat(network);
  let server: ChatServer;

  beforeEach(async () => {
    server = await serveChat();
  });

  it("is welcomed with the room, its nick and who is there, then is ready", async () => {
    await joinChat(server, "lobby", "ann");
    const bob = await openChat(server, "lobby", " Bob ");
    expect(await bob.upTo("ready")).to.deep.equal([
      { type: "welcome", room: "lobby", nick: "Bob", members: ["ann", "Bob"] },
      { type: "ready" },
    ]);
  });

  it("gets an ack for what it says, and hears it as all others do", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const bob = await joinChat(server, "lobby", "bob");
    const id = await bob.ack("b1", "Hello");
    await settle(ann, bob);
    expect(ann.messages).to.deep.equal(bob.messages);
    const [{ time = "", ...message } = {}] = ann.messages;
    expect(message).to.deep.equal({ type: "message", id, ref: "b1", nick: "bob", text: "Hello" });
    expect(new Date(time).toISOString()).to.equal(time);
    expect(Math.abs(Date.now() - Date.parse(time))).to.be.below(60_000);
  });

  it("alone gets the ack", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const bob = await joinChat(server, "lobby", "bob");
    await bob.ack("1", "Hello");
    await settle(ann);
    expect(ann.frames.filter(({ type }) => type === "ack")).to.deep.equal([]);
  });

  it("gets an ack only once the message is durable", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const id = await ann.ack("1", "Hello");
    const { entries } = await server.log.read("lobby", { limit: 10 });
    expect(entries.map((entry) => entry.id)).to.deep.equal([id]);
  });

  it("hears nothing of other rooms", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const bob = await joinChat(server, "attic", "bob");
    await bob.ack("1", "Hello");
    await settle(ann);
    expect(ann.frames.map(({ type }) => type)).to.deep.equal(["welcome", "ready"]);
  });

  it("hears what all say in one order, its own too", async () => {
    const members = await Promise.all(
      Array.from({ length: 10 }, (_, i) => joinChat(server, "lobby", `m${i}`)),
    );
    for (const [i, one] of members.entries()) for (let n = 0; n < 10; n++) one.say(`${n}`, `${i}: ${n}`);
    await untilTrue(() => members.every(({ messages }) => messages.length === 100));
    const [first] = members;
    for (const { messages } of members) expect(messages).to.deep.equal(first?.messages);
    for (const i of members.keys()) {
      const own = first?.messages.filter(({ nick }) => nick === `m${i}`).map(({ ref }) => ref);
      expect(own).to.deep.equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    }
  });

  it("gets the same id for the same ref, and is heard once", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const id = await ann.ack("1", "Hello");
    expect(await ann.ack("1", "Hello")).to.equal(id);
    ann.say("2", "twice");
    ann.say("2", "twice");
    const [one, two] = [await ann.nextOf("ack"), await ann.nextOf("ack")];
    expect(one).to.deep.equal(two);
    await settle(ann);
    expect(ann.messages.map(({ ref }) => ref)).to.deep.equal(["1", "2"]);
  });

  it("shares its refs with whoever has its nick in another case, and another text changes nothing", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const id = await ann.ack("1", "Hello");
    ann.ws.close();
    await ann.closed;
    const upper = await joinChat(server, "lobby", "ANN");
    expect(await upper.ack("1", "Goodbye")).to.equal(id);
    await settle(upper);
    expect(upper.messages.map(({ text }) => text)).to.deep.equal(["Hello"]);
  });

  it("shares its refs with no other nick, and with no other room", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const bob = await joinChat(server, "lobby", "bob");
    expect(await ann.ack("1", "I am ann")).to.not.equal(await bob.ack("1", "I am bob"));
    const other = await joinChat(server, "attic", "ann");
    await other.ack("1", "In another room");
    await settle(ann, other);
    expect(ann.messages.map(({ text }) => text)).to.deep.equal(["I am ann", "I am bob"]);
    expect(other.messages.map(({ text }) => text)).to.deep.equal(["In another room"]);
  });

  for (const [what, text] of Object.entries({
    HTML: '<script>alert("x")</script><img src=x onerror=alert(1)>',
    "a link that is none": "javascript:alert(1)",
    "overrides of direction": "\u202eabc\u202c \u2066def",
    "as many emoji as may be": EMOJI.repeat(MAX_TEXT),
    "zero-width characters": "a\u200b\u200d\ufeffb",
    "lines and spaces": "  one\r\n\ttwo\u2028 ",
    "control characters": "\u0000\u0007\u001b[31m",
    "accents in two parts": "e\u0301",
    "a space": " ",
  })) {
    it(`is heard as it said it: ${what}`, async () => {
      const ann = await joinChat(server, "lobby", "ann");
      const id = await ann.ack("1", text);
      await settle(ann);
      expect(ann.messages.map((message) => message.text)).to.deep.equal([text]);
      const late = await joinChat(server, "lobby", "late");
      expect(late.messages).to.deep.equal(ann.messages);
      expect(late.messages[0]?.id).to.equal(id);
    });
  }

  it("may use any ref that is one", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const refs = [EMOJI.repeat(MAX_REF), " ", "\u0000", "'; DROP TABLE entries; --", "__proto__"];
    for (const ref of refs) await ann.ack(ref, "Hello");
    await settle(ann);
    expect(ann.messages.map(({ ref }) => ref)).to.deep.equal(refs);
  });

  it("is told what is wrong with bad input, and goes on", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const bad: (string | Uint8Array)[] = [
      "Hello",
      "",
      "null",
      "[]",
      "7",
      "{}",
      '{"type":"kick"}',
      '{"type":7}',
      '{"type":"message"}',
      '{"type":"message","ref":{},"text":"Hello"}',
      '{"type":"message","ref":"\\ud800","text":"Hello"}',
      Buffer.from('{"type":"typing"}'),
      `{"type":"message","ref":"${"r".repeat(1_000_000)}","text":"Hello"}`,
    ];
    for (const data of bad) {
      ann.send(data);
      const frame = await ann.frame();
      expect(frame).to.have.keys("type", "code", "message");
      expect(frame).to.have.property("type", "error");
    }
    expect(await ann.tell("1", "")).to.include({ code: "empty", ref: "1" });
    expect(await ann.tell("2", "x".repeat(4001))).to.include({ code: "too-long", ref: "2" });
    ann.send('{"type":"message","ref":"3","text":["Hello"]}');
    expect(await ann.frame()).to.include({ type: "error", code: "invalid", ref: "3" });
    await ann.ack("4", "Hello");
    await settle(ann);
    expect(ann.messages.map(({ ref }) => ref)).to.deep.equal(["4"]);
  });

  it("has said what it sent before it left, whether it read the acks or not", async () => {
    const ann = await joinChat(server, "lobby", "ann");
    const bob = await joinChat(server, "lobby", "bob");
    for (let n = 0; n < 10; n++) bob.say(`${n}`, "Goodbye");
    bob.ws.close();
    await bob.closed;
    await ann.nextOf("left");
    await untilTrue(() => ann.messages.length === 10);
  });

  it("leaves nothing behind: a room goes with the last who is in it", async () => {
    const members = await Promise.all(
      ["a", "b", "c"].flatMap((nick) => [
        joinChat(server, "lobby", nick),
        joinChat(server, `room-${nick}`, nick),
      ]),
    );
    expect(server.rooms.size).to.equal(4);
    for (const one of members) one.ws.close();
    await untilTrue(() => server.rooms.size === 0);
  });
});
