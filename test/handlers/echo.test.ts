import { expect } from "chai";
import { createApp } from "../../app.ts";
import type { RecordingClient } from "../support/recording-client.ts";
import { openRecording } from "../support/recording-client.ts";
import { useNetwork } from "../support/use-network.ts";

describe("echo", () => {
  const network = useNetwork();

  async function open(): Promise<RecordingClient> {
    const { wsUrl } = await network.serve(createApp());
    return openRecording(`${wsUrl}/test/ws/`);
  }

  it("greets before it hears anything", async () => {
    expect(await (await open()).next()).to.equal("Hello!");
  });

  it("sends three messages back with their number, says goodbye and closes with 1000", async () => {
    const client = await open();
    client.send("Spam", "Eggs", "Café");
    expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
    expect(client.history).to.deep.equal(["Hello!", "1. Spam", "2. Eggs", "3. Café", "Goodbye!"]);
  });

  it("answers each message before the next one comes", async () => {
    const client = await open();
    expect(await client.next()).to.equal("Hello!");
    for (const round of [1, 2, 3]) {
      client.send("Spam?");
      expect(await client.next()).to.equal(`${round}. Spam?`);
    }
    expect(await client.next()).to.equal("Goodbye!");
  });

  it("says nothing more to one who goes on talking", async () => {
    const client = await open();
    client.send("1", "2", "3", "4", "5");
    expect((await client.closed).code).to.equal(1000);
    expect(client.history).to.have.length(5);
  });

  it("takes an empty message, and one of many bytes, as any other", async () => {
    const client = await open();
    const long = "é".repeat(100_000);
    client.send("", long, "end");
    expect((await client.closed).code).to.equal(1000);
    expect(client.history).to.deep.equal(["Hello!", "1. ", `2. ${long}`, "3. end", "Goodbye!"]);
  });

  it("reads bytes as the UTF-8 that they are", async () => {
    const client = await open();
    client.send(Buffer.from("Café"), "b", "c");
    await client.closed;
    expect(client.history[1]).to.equal("1. Café");
  });

  it("ends quietly when its client leaves before the third message", async () => {
    const client = await open();
    client.send("Spam");
    client.ws.close(1000);
    expect((await client.closed).code).to.equal(1000);
    expect(client.history).to.not.include("Goodbye!");
  });

  it("does not mix up its clients", async () => {
    const { wsUrl } = await network.serve(createApp());
    const urls = Array.from({ length: 20 }, () => `${wsUrl}/test/ws/`);
    const clients = await Promise.all(urls.map((url) => openRecording(url)));
    for (const [index, client] of clients.entries()) client.send(`a${index}`, `b${index}`, `c${index}`);
    await Promise.all(clients.map((client) => client.closed));
    for (const [index, { history }] of clients.entries()) {
      expect(history).to.deep.equal(["Hello!", `1. a${index}`, `2. b${index}`, `3. c${index}`, "Goodbye!"]);
    }
  });
});
