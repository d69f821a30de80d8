import { expect } from "chai";
import { Hub } from "../../../handlers/bus/hub.ts";
import { memoryBus } from "../../../handlers/bus/memory-bus.ts";
import { withNotices } from "../../../handlers/chat/log/with-notices.ts";
import { REPLACED } from "../../../handlers/chat/protocol.ts";
import { memoryRegistry } from "../../../handlers/registry/memory-registry.ts";
import { Store } from "../../../handlers/registry/store.ts";
import { type ChatClient, joinChat, openChat } from "../../support/chat-client.ts";
import { settle } from "../../support/recording-client.ts";
import { untilTrue } from "../../support/until.ts";
import { type ChatServer, useChat } from "../../support/use-chat.ts";
import { useNetwork } from "../../support/use-network.ts";

const KEY = "8f14e45fceea167a5a36dedd4bea2543";

describe("a room on two servers", () => {
  const network = useNetwork();
  const serveChat = useChat(network);
  let one: ChatServer;
  let two: ChatServer;

  beforeEach(async () => {
    const hub = new Hub();
    const store = new Store();
    const serve = () => {
      const bus = memoryBus(hub);
      return serveChat({ bus, registry: memoryRegistry(store), wrap: (log) => withNotices(log, bus) });
    };
    [one, two] = await Promise.all([serve(), serve()]);
  });

  it("welcomes a member with all who are there", async () => {
    await joinChat(one, "lobby", "ann");
    const bob = await joinChat(two, "lobby", "bob");
    expect(bob.frames[0]).to.deep.equal({
      type: "welcome",
      room: "lobby",
      nick: "bob",
      members: ["ann", "bob"],
    });
  });

  it("tells each member once who comes and goes on the other", async () => {
    const ann = await joinChat(one, "lobby", "ann");
    const bob = await joinChat(two, "lobby", "bob");
    bob.ws.terminate();
    await ann.nextOf("left");
    await settle(ann);
    expect(presence(ann)).to.deep.equal(["joined bob", "left bob"]);
  });

  it("has one order of what is said, the same for all", async () => {
    const members = await Promise.all(
      Array.from({ length: 10 }, (_, n) => joinChat(n % 2 ? one : two, "lobby", `m${n}`)),
    );
    for (const [n, member] of members.entries())
      for (let ref = 0; ref < 10; ref++) member.say(`${ref}`, `${n}`);
    await untilTrue(() => members.every(({ messages }) => messages.length === 100));
    for (const { messages } of members) expect(messages).to.deep.equal(members[0]?.messages);
  });

  it("says a message once that is sent again on the other", async () => {
    const ann = await joinChat(one, "lobby", "ann");
    const bob = await joinChat(one, "lobby", "bob", { key: KEY });
    const id = await bob.ack("1", "Hello");
    const again = await joinChat(two, "lobby", "bob", { key: KEY });
    expect(await again.ack("1", "Hello")).to.equal(id);
    await settle(ann, again);
    expect(ann.messages).to.have.lengthOf(1);
    expect(again.messages).to.deep.equal(ann.messages);
  });

  it("refuses a nick that is taken on the other, and gives it to who has its key", async () => {
    const ann = await joinChat(one, "lobby", "ann");
    const bob = await joinChat(one, "lobby", "bob", { key: KEY });
    const other = await openChat(two, "lobby", "BOB");
    expect(await other.frame()).to.include({ type: "error", code: "nick-taken" });
    expect((await other.closed).code).to.equal(1008);
    const again = await joinChat(two, "lobby", "bob", { key: KEY });
    expect((await bob.closed).code).to.equal(REPLACED);
    await again.ack("1", "It is me");
    await settle(ann);
    expect(presence(ann)).to.deep.equal(["joined bob"]);
  });

  it("lets one of many who ask for a nick have it, whichever server they ask", async () => {
    const clients = await Promise.all(
      Array.from({ length: 20 }, (_, n) => openChat(n % 2 ? one : two, "lobby", "bob")),
    );
    const answers = await Promise.all(clients.map((client) => client.frame()));
    expect(answers.filter(({ type }) => type === "welcome")).to.have.lengthOf(1);
  });

  it("passes on who types", async () => {
    const ann = await joinChat(one, "lobby", "ann");
    const bob = await joinChat(two, "lobby", "bob");
    bob.send('{"type":"typing"}');
    expect(await ann.nextOf("typing")).to.deep.equal({ type: "typing", nick: "bob" });
    await settle(bob);
    expect(bob.frames.map(({ type }) => type)).to.not.include("typing");
  });

  it("is listed with all who are in it", async () => {
    await joinChat(one, "lobby", "ann");
    await joinChat(two, "lobby", "bob");
    for (const { url } of [one, two]) {
      const { rooms } = await (await fetch(`${url}/chat/rooms.json`)).json();
      expect(rooms).to.deep.equal([{ room: "lobby", members: 2 }]);
    }
  });

  it("goes on for a member whose server is shut down, on the other", async () => {
    const ann = await joinChat(one, "lobby", "ann");
    const bob = await joinChat(two, "lobby", "bob", { key: KEY });
    const since = await bob.ack("1", "Hello");
    await two.stop();
    await ann.ack("1", "Where are you?");
    const again = await joinChat(one, "lobby", "bob", { key: KEY, since });
    expect(again.messages.map(({ text }) => text)).to.deep.equal(["Where are you?"]);
  });
});

/** Who came and went, as somebody heard it. */
function presence(client: ChatClient): string[] {
  return client.frames.flatMap((frame) =>
    frame.type === "joined" || frame.type === "left" ? [`${frame.type} ${frame.nick}`] : [],
  );
}
