import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { joinChat } from "../support/chat-client.ts";
import { enterRoom, type RoomPage } from "../support/chat-page.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("text in the chat", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  /** Enters a room in which somebody says these. */
  async function enterAmong(...texts: string[]): Promise<RoomPage> {
    const room = await enterRoom(await openPage(), site(), "tea", "Ann");
    const ben = await joinChat(site(), "tea", "Ben");
    for (const [index, text] of texts.entries()) await ben.ack(String(index), text);
    await room.messages.nth(texts.length - 1).waitFor();
    return room;
  }

  it("stays text, whatever it would be as HTML", async () => {
    const texts = [
      "<script>document.title = 'owned'</script>",
      `<img src=x onerror="document.title='owned'">`,
      "<b>&amp;</b>",
      "</li></ol><h1>gone</h1>",
    ];
    const { page, texts: shown, messages } = await enterAmong(...texts);
    expect(await shown()).to.deep.equal(texts);
    expect(await messages.locator(".text *").count()).to.equal(0);
    expect(await page.title()).to.equal("tea · Chat · express-c10k");
  });

  it("has links of http and https only, that open another tab and tell it nothing", async () => {
    const { page, messages } = await enterAmong(
      "javascript:alert(1) data:text/html,x (see https://a.example/b?c=1).",
    );
    const links = messages.locator(".text a");
    expect(await links.count()).to.equal(1);
    expect(await links.textContent()).to.equal("https://a.example/b?c=1");
    expect(
      await links.evaluate(({ href, rel, target }: HTMLAnchorElement) => [href, rel, target]),
    ).to.deep.equal(["https://a.example/b?c=1", "noopener noreferrer", "_blank"]);
    const schemes = await page.evaluate(() => [...document.links].map(({ protocol }) => protocol));
    expect(new Set(schemes)).to.deep.equal(new Set(["http:", "https:"]));
  });

  it("that turns the direction of writing turns nothing around it", async () => {
    const { messages } = await enterAmong(
      "abc def",
      "\u202eabc def",
      "\u2067\u2067abc def",
      "\u2069\u202eabc def",
    );
    const distances = await messages.evaluateAll((items) =>
      items.map((item) => {
        const bubble = item.querySelector(".bubble")?.getBoundingClientRect();
        const note = item.querySelector("time")?.getBoundingClientRect();
        return bubble && note ? Math.round(bubble.right - note.right) : undefined;
      }),
    );
    expect(new Set(distances).size).to.equal(1);
  });

  it("piles its marks on nothing but itself", async () => {
    const { page, messages } = await enterAmong("Hello");
    const before = await messages.first().screenshot();
    const pile = "\u0301\u0302\u0303\u0330".repeat(7);
    const zoe = await joinChat(site(), "tea", `Z${pile}`);
    await zoe.ack("1", `Z${pile.repeat(100)}`);
    await messages.nth(1).waitFor();
    await page.locator("#members > li").nth(2).waitFor();
    expect((await messages.first().screenshot()).equals(before)).to.equal(true);
  });

  it("written from the right stands so, its time at its end", async () => {
    const { messages } = await enterAmong("שלום עולם");
    const bubble = messages.locator(".bubble");
    expect(await bubble.evaluate((element) => getComputedStyle(element).direction)).to.equal("rtl");
    expect(await leftOf(bubble.locator("time"))).to.be.below(await leftOf(bubble.locator(".text")));
  });

  it("may be 4,000 emoji, and no more", async () => {
    const { page, write, untilLast, outgoing, messages } = await enterAmong("Hello");
    const emoji = "😀".repeat(4_000);
    await write(emoji);
    await untilLast(emoji);
    expect(await overflow(page)).to.equal(0);
    await write(`${emoji}😀`);
    await page.getByText("at most 4000 characters").waitFor();
    expect(await page.locator("#text").inputValue()).to.equal(`${emoji}😀`);
    expect(await page.locator("#text").getAttribute("aria-invalid")).to.equal("true");
    expect(await outgoing.count()).to.equal(0);
    expect(await messages.count()).to.equal(2);
  });

  it("wraps, however long its words are, on a narrow phone too", async () => {
    const { page } = await enterAmong("a".repeat(4_000), `https://a.example/${"b".repeat(2_000)}`);
    await page.setViewportSize({ width: 320, height: 568 });
    expect(await overflow(page)).to.equal(0);
    expect(await page.locator("#box").evaluate((box) => box.scrollWidth - box.clientWidth)).to.equal(0);
  });

  it("keeps its lines, which Shift and Enter begin; Enter alone and a blank text say nothing", async () => {
    const { page, untilLast, texts } = await enterAmong("Hello");
    await page.locator("#text").fill("  ");
    await page.keyboard.press("Enter");
    await page.locator("#text").fill("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Enter");
    await page.locator("#messages .text").getByText("two").waitFor();
    expect(await texts()).to.deep.equal(["Hello", "one\ntwo"]);
    await page.keyboard.type("three");
    await page.keyboard.press("Enter");
    await untilLast("three");
  });
});

async function leftOf(locator: Locator): Promise<number> {
  return (await locator.boundingBox())?.x ?? 0;
}

/** By how much a page is wider than the window, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
