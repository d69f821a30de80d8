import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "../support/axe.ts";
import { expectFitting } from "../support/fitting.ts";
import { focused, tabStops, tabTo } from "../support/keyboard.ts";
import { LOOKS, look, NARROW } from "../support/looks.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

const NAV = ["Life", "Echo", "Forms", "Chat", "Status"];

/** Longer than any line, and without a place to break it. */
const LONG = "x".repeat(300);

describe("the echo page, for everybody", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(`${site().url}/test/`);
    await untilState(page, "open");
    return page;
  }

  async function untilState(page: Page, state: string): Promise<void> {
    await page.locator(`#connection[data-state=${state}]`).waitFor();
  }

  /** Types into whatever has the focus. */
  async function say(page: Page, ...texts: string[]): Promise<void> {
    for (const text of texts) {
      await page.keyboard.type(text);
      await page.keyboard.press("Enter");
      await page.locator("li").getByText(`. ${text}`).waitFor();
    }
  }

  for (const each of LOOKS) {
    describe(`at ${each.name}`, () => {
      it("has nothing for axe-core to find, from hello to goodbye", async () => {
        const page = await open();
        await look(page, each);
        await expectUsable(page);
        await say(page, "Spam", LONG);
        await expectUsable(page);
        await say(page, "Eggs");
        await untilState(page, "ended");
        await expectUsable(page);
      });

      it("has nothing for axe-core to find while it has lost its connection", async () => {
        const page = await open();
        await look(page, each);
        await say(page, "Spam");
        await site().stop();
        await untilState(page, "closed");
        await expectUsable(page);
      });
    });
  }

  it("fits the narrowest phone, in whatever state", async () => {
    const page = await open();
    await page.setViewportSize(NARROW);
    await say(page, "Spam", LONG);
    await expectFitting(page);
    await say(page, "Eggs");
    await page.locator("#again").waitFor();
    await expectFitting(page);
  });

  it("holds the form in its place, from hello to goodbye", async () => {
    const page = await open();
    const place = () => page.locator("#text").boundingBox();
    const first = await place();
    await say(page, "Spam", "Ham", "Eggs");
    await page.locator("#again").waitFor();
    expect(await place()).to.deep.equal(first);
  });

  it("is gone through by the keyboard in the order in which it is seen, and shows where one is", async () => {
    const page = await open();
    expect(await focused(page)).to.equal("text");
    expect(await tabStops(page)).to.deep.equal([...NAV, "text", "send"]);
    await tabTo(page, "text");
    await say(page, "Spam", "Ham", "Eggs");
    await page.locator("#again:focus").waitFor();
    expect(await tabStops(page)).to.deep.equal([...NAV, "again"]);
  });

  it("gives the field back to the keyboard with the connection", async () => {
    const page = await open();
    await site().stop();
    await untilState(page, "closed");
    await site().start();
    await untilState(page, "open");
    await page.locator("#text:focus").waitFor();
    await say(page, "Spam");
  });

  it("leaves the keyboard where its user has gone meanwhile", async () => {
    const page = await open();
    await page.locator("nav a").last().focus();
    await site().stop();
    await untilState(page, "closed");
    await site().start();
    await untilState(page, "open");
    expect(await focused(page)).to.equal("Status");
  });

  it("tells a screen reader of its connection and of messages", async () => {
    const page = await open();
    expect(await page.getByRole("status").textContent()).to.equal("Connected");
    expect(await page.locator("#messages").getAttribute("aria-live")).to.equal("polite");
  });
});

async function expectUsable(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectFitting(page);
}
