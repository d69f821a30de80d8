import { expect } from "chai";
import express from "express";
import { broadcast, type Connection, type Message, websocket } from "../../../middleware/index.ts";
import type { BareClient } from "../../support/bare-client.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("docs/guide/broadcast.md", () => {
  const network = useNetwork();
  const library = 'import("express-c10k")';
  const page = usePage("docs/guide/broadcast.md", {
    names: {
      express: 'typeof import("express")',
      members: `Set<${library}.Connection>`,
    },
    ambient: [
      `declare global { type Connection = ${library}.Connection;`,
      `type Message = ${library}.Message; }`,
    ].join("\n"),
  });
  const program = page.block("Broadcast", 1);
  const others = page.block("Broadcast", 2);
  const news = page.block("Broadcast", 3);
  const manyRooms = page.block("Many rooms");
  const lounge = page.block("Who is connected");

  /** A room with so many members. */
  async function fill(count: number) {
    const { wsUrl, exports } = await program.run<{ members: Set<Connection> }>({}, "members");
    const clients: BareClient[] = [];
    for (let i = 0; i < count; i++) clients.push(await network.open(`${wsUrl}/room`));
    const { members } = exports;
    await untilTrue(() => members.size === count);
    return { clients, members };
  }

  async function heard(clients: readonly BareClient[], count: number) {
    return Promise.all(clients.map((client) => client.take(count)));
  }

  it("gives each message to all members, the sender too, in one order, text as text", async () => {
    const { clients } = await fill(3);
    for (const client of clients) client.ws.send("text");
    clients[0]?.ws.send(Buffer.from("bytes"));
    const [first, ...rest] = await heard(clients, 4);
    expect(first).to.have.deep.members(["text", "text", "text", Buffer.from("bytes")]);
    for (const messages of rest) expect(messages).to.deep.equal(first);
  });

  it("forgets whoever leaves, however that happens", async () => {
    const { clients, members } = await fill(3);
    clients[0]?.ws.close(1000);
    clients[1]?.ws.terminate();
    await untilTrue(() => members.size === 1);
    clients[2]?.ws.send("Still here");
    expect(await clients[2]?.next()).to.equal("Still here");
  });

  it("closes one that is too far behind with 1013, and tells the others", async () => {
    const { ws, peer } = await network.pair({ maxBufferedAmount: 64 * 1024 });
    const other = await network.pair();
    peer.ws.pause();
    while (!ws.signal.aborted) broadcast([ws, other.ws], Buffer.alloc(64 * 1024));
    peer.ws.resume();
    expect((await peer.closed).code).to.equal(1013);
    broadcast([ws, other.ws], "Goodbye");
    let last: unknown;
    while (last !== "Goodbye") last = await other.peer.next();
  });

  it("leaves out the sender", async () => {
    const { clients, members } = await fill(3);
    const names = { members, broadcast };
    type Exports = { tellOthers(sender: Connection | undefined, message: Message): void };
    const { exports } = await others.run<Exports>(names, "tellOthers");
    exports.tellOthers([...members][0], "Hi");
    expect(await heard(clients.slice(1), 1)).to.deep.equal([["Hi"], ["Hi"]]);
    broadcast(members, "All");
    expect(await clients[0]?.next()).to.equal("All");
  });

  it("takes news from a plain request", async () => {
    const { clients, members } = await fill(2);
    const app = quietApp();
    await news.run({ app, express, members, broadcast });
    const { url } = await network.serve(app);
    const headers = { "Content-Type": "text/plain" };
    const { status } = await fetch(`${url}/news`, { method: "POST", headers, body: "It rains" });
    expect(status).to.equal(204);
    expect(await heard(clients, 1)).to.deep.equal([["It rains"], ["It rains"]]);
  });

  it("keeps rooms apart, and forgets one that is empty", async () => {
    const app = quietApp();
    type Exports = { rooms: Map<string, Set<Connection>> };
    const { rooms } = (await manyRooms.run<Exports>({ app, broadcast, websocket }, "rooms")).exports;
    const { wsUrl } = await network.serve(app);
    const tea = await network.open(`${wsUrl}/rooms/tea`);
    const milk = await network.open(`${wsUrl}/rooms/milk`);
    tea.ws.send("Hot");
    milk.ws.send("Cold");
    expect(await heard([tea, milk], 1)).to.deep.equal([["Hot"], ["Cold"]]);
    tea.ws.close(1000);
    await untilTrue(() => !rooms.has("tea"));
    expect([...rooms.keys()]).to.deep.equal(["milk"]);
  });

  it("says who is connected, and who comes and goes", async () => {
    const app = quietApp();
    await lounge.run({ app, broadcast, websocket });
    const { url, wsUrl } = await network.serve(app);
    const ada = await network.open(`${wsUrl}/lounge?name=Ada`);
    expect(await ada.next()).to.equal("Ada is here");
    const bob = await network.open(`${wsUrl}/lounge?name=Bob`);
    expect(await ada.next()).to.equal("Bob is here");
    expect(await (await fetch(`${url}/lounge/names`)).json()).to.deep.equal(["Ada", "Bob"]);
    bob.ws.send("Hi");
    expect(await ada.next()).to.equal("Bob: Hi");
    bob.ws.terminate();
    expect(await ada.next()).to.equal("Bob has left");
    expect(await (await fetch(`${url}/lounge/names`)).json()).to.deep.equal(["Ada"]);
  });
});
