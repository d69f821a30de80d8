import { expect } from "chai";
import { createApp } from "../../app.ts";
import { type Connection, connect, type Message } from "../../middleware/testing.ts";

describe("echo", () => {
  const open = (): Promise<Connection> => connect(createApp(), "/test/ws/");

  /** All that the view says until it closes the connection. */
  async function hear(ws: Connection): Promise<Message[]> {
    const messages: Message[] = [];
    for await (const message of ws) messages.push(message);
    return messages;
  }

  it("greets before it hears anything", async () => {
    const ws = await open();
    expect(await ws.recv()).to.equal("Hello!");
    await ws.close();
  });

  it("sends three messages back with their number, says goodbye and closes with 1000", async () => {
    const ws = await open();
    for (const text of ["Spam", "Eggs", "Café"]) await ws.send(text);
    expect(await hear(ws)).to.deep.equal(["Hello!", "1. Spam", "2. Eggs", "3. Café", "Goodbye!"]);
    expect(await ws.closed).to.deep.equal({ code: 1000, reason: "" });
  });

  it("answers each message before the next one comes", async () => {
    const ws = await open();
    expect(await ws.recv()).to.equal("Hello!");
    for (const round of [1, 2, 3]) {
      await ws.send("Spam?");
      expect(await ws.recv()).to.equal(`${round}. Spam?`);
    }
    expect(await ws.recv()).to.equal("Goodbye!");
    await ws.closed;
  });

  it("says nothing more to one who goes on talking", async () => {
    const ws = await open();
    for (const text of ["1", "2", "3", "4", "5"]) ws.send(text);
    expect(await hear(ws)).to.have.length(5);
    expect((await ws.closed).code).to.equal(1000);
  });

  it("takes an empty message, and one of many bytes, as any other", async () => {
    const ws = await open();
    const long = "é".repeat(100_000);
    for (const text of ["", long, "end"]) await ws.send(text);
    expect(await hear(ws)).to.deep.equal(["Hello!", "1. ", `2. ${long}`, "3. end", "Goodbye!"]);
  });

  it("reads bytes as the UTF-8 that they are", async () => {
    const ws = await open();
    for (const data of [Buffer.from("Café"), "b", "c"]) await ws.send(data);
    expect((await hear(ws))[1]).to.equal("1. Café");
  });

  it("ends quietly when its client leaves before the third message", async () => {
    const ws = await open();
    await ws.send("Spam");
    await ws.close();
    expect((await ws.closed).code).to.equal(1000);
    expect(await hear(ws)).to.not.include("Goodbye!");
  });

  it("does not mix up its clients", async () => {
    const app = createApp();
    const clients = await Promise.all(Array.from({ length: 20 }, () => connect(app, "/test/ws/")));
    for (const [index, ws] of clients.entries()) {
      for (const text of [`a${index}`, `b${index}`, `c${index}`]) ws.send(text);
    }
    for (const [index, ws] of clients.entries()) {
      expect(await hear(ws)).to.deep.equal([
        "Hello!",
        `1. a${index}`,
        `2. b${index}`,
        `3. c${index}`,
        "Goodbye!",
      ]);
    }
  });
});
