import { expect } from "chai";
import { formatFrame, parseServerFrame } from "../../handlers/chat/protocol.ts";
import { joinChat } from "../support/chat-client.ts";
import { enterRoom, type RoomPage, roomPage } from "../support/chat-page.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("what is written in the chat", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  async function enter(nick: string): Promise<RoomPage> {
    return enterRoom(await openPage(), site(), "tea", nick);
  }

  /** What the log has, in its order. */
  async function logged(): Promise<string[]> {
    const { entries } = await site().log.read("tea", { limit: 100 });
    return entries.map(({ text }) => text);
  }

  it("is neither lost nor said twice when the server was stopped and started meanwhile", async () => {
    const ann = await enter("Ann");
    const ben = await enter("Ben");
    await ann.write("Before");
    await ben.untilLast("Before");
    await site().stop();
    await ann.untilState("closed");
    await ben.untilState("closed");
    await ann.write("Meanwhile 1");
    await ben.write("Meanwhile 2");
    await ann.outgoing.getByText("Waiting").waitFor();
    expect(await ann.page.locator("#connection").textContent()).to.match(/^(Offline|Connecting)/);
    expect(await ann.texts()).to.deep.equal(["Before"]);
    await site().start();
    for (const room of [ann, ben]) {
      await room.messages.nth(2).waitFor();
      await room.outgoing.first().waitFor({ state: "detached" });
    }
    await ann.write("After");
    await ben.untilLast("After");
    await ann.untilLast("After");
    expect(await ann.texts()).to.deep.equal(await ben.texts());
    expect(await ann.texts()).to.deep.equal(await logged());
    expect([...(await ann.texts())].sort()).to.deep.equal(["After", "Before", "Meanwhile 1", "Meanwhile 2"]);
  });

  it("outlives the page that it was written on", async () => {
    const ann = await enter("Ann");
    await site().stop();
    await ann.untilState("closed");
    await ann.write("One");
    await ann.write("Two");
    await ann.outgoing.nth(1).waitFor();
    await ann.page.goto("about:blank");
    await site().start();
    await ann.page.goto(`${site().url}/chat/tea/`);
    await ann.untilLast("Two");
    expect(await ann.texts()).to.deep.equal(["One", "Two"]);
    await ann.page.reload();
    await ann.untilLast("Two");
    expect(await logged()).to.deep.equal(["One", "Two"]);
  });

  it("is said once though its ack and itself were lost on the way back", async () => {
    const page = await openPage();
    let losses = 0;
    await page.routeWebSocket(/\/ws\//, (client) => {
      const server = client.connectToServer();
      server.onMessage((data) => {
        const frame = parseServerFrame(String(data));
        const isAnswer = frame?.type === "ack" || frame?.type === "message";
        if (!isAnswer || losses > 0) return client.send(data);
        losses += 1;
        client.close({ code: 4999 });
      });
    });
    const ann = await enterRoom(page, site(), "tea", "Ann");
    await ann.write("Hello");
    await ann.untilLast("Hello");
    await ann.outgoing.first().waitFor({ state: "detached" });
    await ann.write("Again");
    await ann.untilLast("Again");
    expect(losses).to.equal(1);
    expect(await ann.texts()).to.deep.equal(["Hello", "Again"]);
    expect(await logged()).to.deep.equal(["Hello", "Again"]);
  });

  it("is sent on another connection when no answer comes on this one", async () => {
    const page = await openPage();
    await page.clock.install();
    let connections = 0;
    await page.routeWebSocket(/\/ws\//, (client) => {
      const server = client.connectToServer();
      connections += 1;
      if (connections === 1) client.onMessage(() => {});
      else client.onMessage((data) => server.send(data));
    });
    const ann = await enterRoom(page, site(), "tea", "Ann");
    await ann.write("Hello");
    await ann.outgoing.getByText("Sending…").waitFor();
    await page.clock.runFor(20_000);
    await ann.untilLast("Hello");
    expect(connections).to.equal(2);
    expect(await logged()).to.deep.equal(["Hello"]);
  });

  it("goes on by itself after a flood, in order", async () => {
    const ann = await enter("Ann");
    const texts = Array.from({ length: 14 }, (_, index) => `flood ${index + 1}`);
    for (const text of texts) await ann.write(text);
    await ann.page.locator(".problem").getByText("Too many messages").waitFor();
    expect(await ann.outgoing.getByRole("button").count()).to.equal(0);
    await ann.untilLast("flood 14");
    expect(await ann.texts()).to.deep.equal(texts);
    expect(await logged()).to.deep.equal(texts);
  });

  it("stays with a reason when it is refused, to be sent again or taken away", async () => {
    const page = await openPage();
    await page.routeWebSocket(/\/ws\//, (client) => {
      const server = client.connectToServer();
      let refused = 0;
      client.onMessage((data) => {
        const ref = /"ref":"(\w+)"/.exec(String(data))?.[1];
        if (ref === undefined || ++refused > 2) server.send(data);
        else
          client.send(formatFrame({ type: "error", code: "too-long", message: "Too much for today", ref }));
      });
    });
    const ann = await enterRoom(page, site(), "tea", "Ann");
    await ann.write("One");
    await ann.write("Two");
    const problems = ann.outgoing.locator(".problem").getByText("Too much for today");
    await problems.nth(1).waitFor();
    await page.reload();
    await problems.nth(1).waitFor();
    await ann.outgoing.first().getByRole("button", { name: "Take away" }).click();
    await ann.outgoing.nth(1).waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal("box");
    await ann.outgoing.getByRole("button", { name: "Try again" }).click();
    await problems.waitFor();
    await ann.outgoing.getByRole("button", { name: "Try again" }).click();
    await problems.waitFor();
    await ann.outgoing.getByRole("button", { name: "Try again" }).click();
    await ann.untilLast("Two");
    expect(await logged()).to.deep.equal(["Two"]);
  });

  it("waits while the room is left for another nick, and is said under that one", async () => {
    const ann = await enter("Ann");
    await site().stop();
    await ann.untilState("closed");
    await ann.write("Mine");
    await ann.page.goto("about:blank");
    await site().start();
    await joinChat(site(), "tea", "Ann");
    await ann.page.goto(`${site().url}/chat/tea/`);
    await ann.page.locator("#nick-problem").getByText("Ann").waitFor();
    await ann.page.locator("#nick").fill("Anna");
    await ann.page.locator("#nick").press("Enter");
    await roomPage(ann.page).untilLast("Mine");
    expect(await logged()).to.deep.equal(["Mine"]);
  });
});
