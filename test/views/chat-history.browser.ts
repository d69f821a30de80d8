import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { Page } from "playwright-core";
import { joinChat } from "../support/chat-client.ts";
import { enterRoom, fillRoom, type RoomPage } from "../support/chat-page.ts";
import { SHORT } from "../support/timeouts.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("the history of a room of the chat", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  /** Enters a room in which something was said already. */
  async function enterAfter(count: number): Promise<RoomPage> {
    await fillRoom(site().log, "tea", count);
    const room = await enterRoom(await openPage(), site(), "tea", "Ann");
    await room.untilLast(`message ${count}`);
    return room;
  }

  it("begins at its end", async () => {
    const { page, messages } = await enterAfter(120);
    await untilAtEnd(page);
    expect(await messages.count()).to.equal(50);
    expect(await page.locator("#latest").isHidden()).to.equal(true);
  });

  it("follows new messages only while the end is in sight, and leads there with a button", async () => {
    const { page, untilLast } = await enterAfter(60);
    const ben = await joinChat(site(), "tea", "Ben");
    await ben.ack("1", "followed");
    await untilLast("followed");
    await untilAtEnd(page);
    await scrollTo(page, 700);
    const before = await scrollTop(page);
    await ben.ack("2", "not followed");
    await page.getByRole("button", { name: "1 new message" }).waitFor();
    await ben.ack("3", "nor this");
    await untilLast("nor this");
    expect(await scrollTop(page)).to.equal(before);
    await page.getByRole("button", { name: "2 new messages" }).click();
    await untilAtEnd(page);
    await page.locator("#latest").waitFor({ state: "hidden" });
  });

  it("goes to its end when one says something oneself", async () => {
    const { page, write, untilLast } = await enterAfter(60);
    await scrollTo(page, 0);
    await page.getByRole("button", { name: "Latest messages" }).waitFor();
    await write("Here I am");
    await untilLast("Here I am");
    await untilAtEnd(page);
  });

  it("reaches back as one scrolls up, to its beginning, and what is read stays where it is", async () => {
    const { page, messages } = await enterAfter(120);
    const first = messages.filter({ hasText: /message 71\b/ });
    const before = await scrollTo(page, 60);
    await messages.nth(99).waitFor();
    expect(await first.locator(".text").evaluate(topOf)).to.be.closeTo(before, 2);
    expect(await first.count()).to.equal(1);
    await scrollTo(page, 0);
    await page.getByText("There are no older messages.").waitFor();
    const texts = await messages.locator(".text").allTextContents();
    expect(texts).to.deep.equal(Array.from({ length: 120 }, (_, index) => `message ${index + 1}`));
    expect(await page.locator(".day").count()).to.equal(1);
    const authors = await page.locator("#messages .author .nick").allTextContents();
    expect(authors.some((nick, index) => nick === authors[index + 1])).to.equal(false);
  });

  it("says when older messages cannot be loaded, and tries again when asked to", async () => {
    const { page, messages } = await enterAfter(60);
    await page.route("**/messages/**", (route) => route.abort(), { times: 1 });
    await scrollTo(page, 0);
    await page.getByText("could not be loaded").waitFor();
    await page.locator("#retry").click();
    await messages.nth(59).waitFor();
    await page.getByText("could not be loaded").waitFor({ state: "hidden" });
  });

  it("loads older messages by itself, once it is connected again, that could not be loaded meanwhile", async () => {
    const { page, messages, untilState } = await enterAfter(60);
    await site().stop();
    await untilState("closed");
    await scrollTo(page, 0);
    await page.getByText("could not be loaded").waitFor();
    await site().start();
    await messages.nth(59).waitFor();
    await page.getByText("could not be loaded").waitFor({ state: "hidden" });
  });

  it("keeps no more than some hundred messages on the page, and loads the others again", async () => {
    const { page, messages, untilLast } = await enterAfter(50);
    await fillRoom(site().log, "tea", 1_000, 51);
    await untilLast("message 1050");
    await page.waitForFunction(() => document.querySelectorAll("#messages > li").length <= 800);
    await untilAtEnd(page);
    const [oldest = ""] = await messages.locator(".text").allTextContents();
    const number = Number(oldest.replace("message ", ""));
    expect(number).to.be.above(200);
    await scrollTo(page, 0);
    await messages.getByText(`message ${number - 1}`, { exact: true }).waitFor();
    const texts = await messages.locator(".text").allTextContents();
    expect(new Set(texts).size).to.equal(texts.length);
  });

  it("says of an empty room that nothing was said", async () => {
    const { page } = await enterRoom(await openPage(), site(), "nowhere", "Ann");
    await page.getByText("Nothing has been said here yet.").waitFor();
  });
});

describe("the history of a room of the chat that keeps little", () => {
  const KEPT = 100;
  const openPage = useBrowser();
  const site = useChatSite({ maxEntries: KEPT, trimInterval: SHORT });

  it("has a line where something is no longer kept", async () => {
    await fillRoom(site().log, "tea", 10);
    const { page, untilLast, untilState, texts } = await enterRoom(await openPage(), site(), "tea", "Ann");
    await untilLast("message 10");
    await page.context().setOffline(true);
    await site().stop();
    await untilState("closed");
    await site().start();
    await fillRoom(site().log, "tea", 150, 11);
    await untilTrimmed();
    await page.context().setOffline(false);
    await untilState("open");
    await page.getByText("Some messages from here are no longer kept.").waitFor();
    expect((await texts()).slice(0, 11))
      .to.contain("message 10")
      .and.not.contain("message 11");
  });

  /** Waits until the log has let go of what an early page knows. */
  async function untilTrimmed(): Promise<void> {
    const { log } = site();
    for (;;) {
      const { entries } = await log.read("tea", { limit: 200 });
      if (entries.length <= KEPT) return;
      await nextTurn();
    }
  }
});

function scrollTop(page: Page): Promise<number> {
  return page.locator("#box").evaluate((box) => box.scrollTop);
}

/** Scrolls; gives where on the screen the first message then is. */
async function scrollTo(page: Page, top: number): Promise<number> {
  return page.locator("#box").evaluate((box, top) => {
    box.scrollTop = top;
    return box.querySelector(".text")?.getBoundingClientRect().top ?? 0;
  }, top);
}

function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}

async function untilAtEnd(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const box = document.getElementById("box");
    return box && box.scrollHeight - box.scrollTop - box.clientHeight < 2;
  });
}
