import { expect } from "chai";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { BareClient } from "../support/bare-client.ts";
import { deferred } from "../support/deferred.ts";
import { type PageBlock, usePage } from "../support/docs/use-page.ts";
import { listeningConsole } from "../support/listening-console.ts";
import { rejection } from "../support/rejection.ts";
import { until, untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("docs/from-express-ws.md", () => {
  const network = useNetwork();
  const page = usePage("docs/from-express-ws.md", {
    names: { findUser: '(req: import("express").Request) => Promise<unknown>' },
  });

  /** What stands below a heading: the program of express-ws, then ours. */
  function pair(heading: string): { before: PageBlock; after: PageBlock } {
    return { before: page.block(heading, 1), after: page.block(heading, 2) };
  }

  describe("A route", () => {
    const { before, after } = pair("A route");
    const listeners = page.block("Keep your listeners for now");

    for (const [name, block] of Object.entries({ before, after, "with the listeners kept": listeners })) {
      it(`greets by name and echoes: ${name}`, async () => {
        const { wsUrl } = await block.run();
        const client = await network.open(`${wsUrl}/echo/bob`);
        expect(await client.next()).to.equal("Hello bob!");
        client.ws.send("Spam");
        expect(await client.next()).to.equal("Spam");
        client.ws.close(1000);
        expect(await client.closed).to.deep.equal({ code: 1000, reason: "" });
      });
    }

    it("opens and closes what no route claims: before", async () => {
      const { wsUrl } = await before.run();
      const client = await network.open(`${wsUrl}/nowhere`);
      expect((await client.closed).code).to.equal(1005);
    });

    it("answers 404 to what no route claims: after", async () => {
      const { wsUrl } = await after.run();
      expect(await statusOf(`${wsUrl}/nowhere`)).to.equal(404);
    });
  });

  describe("Routers", () => {
    for (const [name, block] of Object.entries(pair("Routers"))) {
      it(`knows where it is mounted, and its param: ${name}`, async () => {
        const { wsUrl } = await block.run();
        const client = await network.open(`${wsUrl}/rooms/kitchen`);
        expect(await client.next()).to.equal("This is /rooms/kitchen");
      });
    }
  });

  describe("A page at the same URL", () => {
    for (const [name, block] of Object.entries(pair("A page at the same URL"))) {
      it(`serves both: ${name}`, async () => {
        const { url, wsUrl } = await block.run();
        const client = await network.open(`${wsUrl}/room`);
        expect(await client.next()).to.equal("Welcome!");
        expect(await (await fetch(`${url}/room`)).text()).to.equal("The page");
      });
    }
  });

  describe("Refuse who may not in", () => {
    const { before, after } = pair("Refuse who may not in");

    for (const [name, block] of Object.entries({ before, after })) {
      it(`lets in who may: ${name}`, async () => {
        const { wsUrl } = await block.run();
        const headers = { authorization: "Bearer sesame" };
        const client = await network.open(`${wsUrl}/feed`, { headers });
        expect(await client.next()).to.equal("Welcome!");
      });
    }

    it("opens for a stranger, and closes without a status: before", async () => {
      const { wsUrl } = await before.run();
      const client = await network.open(`${wsUrl}/feed`);
      expect(await client.closed).to.deep.equal({ code: 1005, reason: "" });
    });

    it("answers a stranger 401 with its text: after", async () => {
      const { wsUrl } = await after.run();
      const error = await rejection(connect(wsUrl, "/feed"));
      expect(error).to.be.instanceOf(UnexpectedResponse).with.nested.property("response.status", 401);
      expect(error).to.have.nested.property("response.text", "Who are you?");
    });
  });

  describe("Middleware that takes its time", () => {
    const { before, after } = pair("Middleware that takes its time");

    it("loses what comes before its end: before", async () => {
      const { findUser, asked, found } = slowly();
      const { wsUrl } = await before.run({ findUser });
      const client = await network.open(`${wsUrl}/echo`);
      await asked.promise;
      client.ws.send("Spam");
      await roundTrip(client);
      found.resolve();
      await roundTrip(client);
      client.ws.send("Eggs");
      expect(await client.next()).to.equal("Eggs");
    });

    it("opens at its end, and loses nothing: after", async () => {
      const { findUser, asked, found } = slowly();
      const { wsUrl } = await after.run({ findUser });
      const opening = network.open(`${wsUrl}/echo`);
      await asked.promise;
      found.resolve();
      const client = await opening;
      client.ws.send("Spam");
      client.ws.send("Eggs");
      expect(await client.take(2)).to.deep.equal(["Spam", "Eggs"]);
    });
  });

  describe("Everybody who is connected", () => {
    const { before, after } = pair("Everybody who is connected");

    for (const [name, block] of Object.entries({ before, after })) {
      it(`tells each member what one says: ${name}`, async () => {
        const { wsUrl } = await block.run();
        const members = [await network.open(`${wsUrl}/chat`), await network.open(`${wsUrl}/chat`)];
        for (const member of members) await roundTrip(member);
        members[0]?.ws.send("Hello!");
        for (const member of members) expect(await member.next()).to.equal("Hello!");
      });
    }

    it("tells the feed too: before", async () => {
      const { wsUrl } = await before.run();
      const feed = await network.open(`${wsUrl}/feed`);
      expect(await feed.next()).to.equal("Welcome!");
      (await network.open(`${wsUrl}/chat`)).ws.send("Hello!");
      expect(await feed.next()).to.equal("Hello!");
    });

    it("tells nobody but the members: after", async () => {
      const { wsUrl } = await after.run();
      const feed = await network.open(`${wsUrl}/feed`);
      expect(await feed.next()).to.equal("Welcome!");
      const member = await network.open(`${wsUrl}/chat`);
      member.ws.send("Hello!");
      expect(await member.next()).to.equal("Hello!");
      feed.ws.close();
      await feed.closed;
      expect(await rejection(feed.next())).to.have.property("message", "Only 0 of 1 messages came");
    });
  });

  describe("The end, and errors", () => {
    const { before, after } = pair("The end, and errors");

    for (const [name, block] of Object.entries({ before, after })) {
      it(`tells the code and the reason: ${name}`, async () => {
        const { lines, console } = listeningConsole();
        const { wsUrl } = await block.run({ console });
        const client = await network.open(`${wsUrl}/feed`);
        client.ws.close(4000, "Bye");
        await untilTrue(() => lines.length > 0);
        expect(lines).to.deep.equal(["closed 4000 Bye"]);
      });
    }

    for (const [name, block, first] of [
      ["as an error", before, /^error Invalid WebSocket frame/],
      ["as a close code", after, /^closed 1002/],
    ] as const) {
      it(`tells a breach of the protocol ${name}`, async () => {
        const { lines, console } = listeningConsole();
        const { port } = await block.run({ console });
        const raw = await network.shake(port, "/feed");
        raw.write(Buffer.from([0xff, 0x80, 0, 0, 0, 0]));
        await untilTrue(() => lines.length > 0);
        expect(lines[0]).to.match(first);
      });
    }
  });

  describe("A handler that fails", () => {
    const { before, after } = pair("A handler that fails");

    it("ends the process: before", async () => {
      const child = await before.start();
      const [, port] = await child.said(/"port":(\d+)/);
      new BareClient(`ws://localhost:${port}/feed`);
      expect((await child.outcome).code).to.equal(1);
    });

    it("closes its connection with 1011, and says why: after", async () => {
      const child = await after.start();
      const [, port] = await child.said(/"port":(\d+)/);
      const client = await network.open(`ws://localhost:${port}/feed`);
      expect((await client.closed).code).to.equal(1011);
      child.process.kill();
      expect((await child.outcome).stderr).to.match(/^GET \/feed: .*No database/);
    });
  });

  describe("Options", () => {
    for (const [name, block] of Object.entries(pair("Options"))) {
      it(`takes 1,024 bytes and no more: ${name}`, async () => {
        const { wsUrl } = await block.run();
        const client = await network.open(`${wsUrl}/echo`);
        client.ws.send("x".repeat(1024));
        expect(await client.next()).to.equal("x".repeat(1024));
        client.ws.send("x".repeat(1025));
        expect((await client.closed).code).to.equal(1009);
      });
    }
  });
});

/** The status of a refusal. */
async function statusOf(url: string): Promise<number | undefined> {
  const error = await rejection(connect(url));
  return error instanceof UnexpectedResponse ? error.response.status : undefined;
}

/** Until the server has read all that the client has sent. */
async function roundTrip({ ws }: BareClient): Promise<void> {
  const pong = until(ws, "pong");
  ws.ping();
  await pong;
}

/** A look-up that ends when the test says so. */
function slowly() {
  const [asked, found] = [deferred(), deferred()];
  return {
    asked,
    found,
    findUser() {
      asked.resolve();
      return found.promise;
    },
  };
}
