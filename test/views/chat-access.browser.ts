import { expect } from "chai";
import type { Page } from "playwright-core";
import { formatFrame, MAX_NICK } from "../../handlers/chat/protocol.ts";
import { expectAccessible } from "../support/axe.ts";
import { joinChat } from "../support/chat-client.ts";
import { enterRoom, fillRoom, type RoomPage } from "../support/chat-page.ts";
import { contrasts } from "../support/contrast.ts";
import { expectFitting } from "../support/fitting.ts";
import { tabTo } from "../support/keyboard.ts";
import { LOOKS, look, NARROW, PHONE } from "../support/looks.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("the chat's pages, for everybody", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  async function enter(nick = "Ann"): Promise<RoomPage> {
    return enterRoom(await openPage(), site(), "tea", nick);
  }

  /** A room with all that there may be to see. */
  async function enterAll(): Promise<Page> {
    await fillRoom(site().log, "tea", 30);
    const { page, write, outgoing, untilLast, untilState } = await enter();
    await joinChat(site(), "tea", "Zoe 東京");
    await page.locator("#members .nick").getByText("Zoe").waitFor();
    await write("See https://a.example/");
    await untilLast("See https://a.example/");
    await site().stop();
    await untilState("closed");
    await write("Waiting");
    await outgoing.first().waitFor();
    await page.locator("#box").evaluate((box) => {
      box.scrollTop = 0;
    });
    await page.locator("#latest").waitFor();
    return page;
  }

  it("have a screen reader hear new messages of others, and no history", async () => {
    await fillRoom(site().log, "tea", 60);
    const { page, untilLast, write, messages } = await enter();
    await untilLast("message 60");
    const announcer = page.locator("#announcer");
    expect(await announcer.getAttribute("aria-live")).to.equal("polite");
    const ben = await joinChat(site(), "tea", "Ben");
    await ben.ack("1", "Hello");
    await announcer.getByText("Ben: Hello").waitFor();
    await write("Hello yourself");
    await untilLast("Hello yourself");
    await page.locator("#box").evaluate((box) => {
      box.scrollTop = 0;
    });
    await messages.nth(61).waitFor();
    expect(await announcer.locator("p").allTextContents()).to.deep.equal(["Ben: Hello"]);
  });

  it("do with a keyboard alone, and show where it is", async () => {
    const page = await openPage();
    await page.goto(`${site().url}/chat/`);
    await tabTo(page, "nick");
    await page.keyboard.type("Ann");
    await tabTo(page, "room");
    await page.keyboard.type("tea");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/chat/tea/");
    await page.locator("#connection[data-state=open]").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal("text");
    await page.keyboard.type("Hello");
    await page.keyboard.press("Enter");
    await page.locator("#messages .text").getByText("Hello").waitFor();
    for (const id of ["rename", "box"]) await tabTo(page, id);
    await page.setViewportSize(PHONE);
    await tabTo(page, "toggle");
    await page.keyboard.press("Enter");
    await page.locator("#panel").waitFor();
    expect(await page.locator("#toggle").getAttribute("aria-expanded")).to.equal("true");
    await page.keyboard.press("Escape");
    await page.locator("#panel").waitFor({ state: "hidden" });
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`have contrast enough where it is ${colorScheme}`, async () => {
      const page = await enterAll();
      await page.emulateMedia({ colorScheme });
      const all = await contrasts(page);
      expect(all.length).to.be.above(40);
      expect(all.filter(({ ratio }) => ratio < 4.5)).to.deep.equal([]);
    });
  }

  for (const each of LOOKS) {
    it(`have nothing for axe-core to find before one has entered, at ${each.name}`, async () => {
      await fillRoom(site().log, "tea", 30);
      const page = await openPage();
      await look(page, each);
      await page.goto(`${site().url}/chat/`);
      await page.locator("#rooms a").first().waitFor();
      await expectUsable(page);
      await page.locator("#room").fill("no room?");
      await page.locator("#room").press("Enter");
      await page.locator("#room-problem").getByText("without spaces").waitFor();
      await expectUsable(page);
      await page.goto(`${site().url}/chat/tea/`);
      await page.locator("#nick").press("Enter");
      await page.locator("#nick-problem").getByText("Pick a nick").waitFor();
      await expectUsable(page);
    });

    it(`have nothing for axe-core to find in a room, at ${each.name}`, async () => {
      const page = await enterAll();
      await look(page, each);
      await expectUsable(page);
      if (await page.locator("#toggle").isVisible()) await page.locator("#toggle").click();
      await page.locator("#rename").click();
      await page.locator("#cancel").waitFor();
      await expectUsable(page);
    });
  }

  it("keep the focus at hand when what one has pressed goes away", async () => {
    const page = await enterAll();
    const focus = () => page.evaluate(() => document.activeElement?.id);
    await page.locator("#latest").press("Enter");
    await page.locator("#latest").waitFor({ state: "hidden" });
    expect(await focus()).to.equal("box");
    await site().start();
    await page.locator("#connection[data-state=open]").waitFor();
    const second = await page.context().newPage();
    await second.goto(page.url());
    await page.locator("#again").press("Enter");
    await page.locator("#again").waitFor({ state: "hidden" });
    expect(await focus()).to.equal("text");
  });

  it("fit a narrow phone, with all that a finger presses large enough", async () => {
    const page = await enterAll();
    await page.setViewportSize(NARROW);
    await page.locator("#toggle").click();
    await expectFitting(page);
    await site().start();
    await page.goto(`${site().url}/chat/`);
    await page.locator("#rooms a").first().waitFor();
    await expectFitting(page);
  });

  it("have what one can do in sight, however many members there are", async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => joinChat(site(), "tea", `Member ${index}`)));
    const { page } = await enter();
    await page.locator("#members > li").nth(30).waitFor();
    expect(await bottomOf(page, "#rename")).to.be.at.most(page.viewportSize()?.height ?? 0);
    await page.setViewportSize(PHONE);
    await page.locator("#toggle").click();
    expect(await bottomOf(page, "#rename")).to.be.at.most(await bottomOf(page, "#panel"));
  });

  it("cut long nicks on a phone, and not what they are shown for", async () => {
    const nicks = [...["M", "Q"].map((letter) => letter.repeat(MAX_NICK)), "Zoe"];
    const others = await Promise.all(nicks.map((nick) => joinChat(site(), "tea", nick)));
    const { page } = await enter("W".repeat(MAX_NICK));
    await page.setViewportSize(NARROW);
    for (const other of others) other.send(formatFrame({ type: "typing" }));
    const typing = page.locator("#typing");
    await typing.locator(".nick").nth(2).waitFor();
    await typing.getByText("are typing…").waitFor();
    const cut = await typing
      .locator(".nick")
      .evaluateAll((all) =>
        all.filter((nick) => nick.scrollWidth > nick.clientWidth).map((nick) => nick.textContent),
      );
    expect(cut).to.have.members(nicks.slice(0, 2));
    expect(await typing.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).to.equal(0);
    await page.locator("#toggle").click();
    const mark = await page.locator(".you").boundingBox();
    expect(mark?.height).to.be.below(30);
  });

  it("leave the field in sight when an on-screen keyboard takes half of the height", async () => {
    await fillRoom(site().log, "tea", 60);
    const { page, untilLast } = await enter();
    await untilLast("message 60");
    await page.setViewportSize({ ...PHONE, height: 420 });
    const field = await page.locator("#text").boundingBox();
    expect((field?.y ?? 0) + (field?.height ?? 0)).to.be.below(420);
    await page.waitForFunction(() => {
      const box = document.getElementById("box");
      return box && box.scrollHeight - box.scrollTop - box.clientHeight < 2;
    });
  });

  it("move nothing for those who asked for less of it", async () => {
    const { page } = await enter();
    await page.emulateMedia({ reducedMotion: "reduce" });
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")].filter((element) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
        return transitionDuration !== "0s" || animationName !== "none" || scrollBehavior !== "auto";
      }),
    );
    expect(moving).to.deep.equal([]);
  });

  it("name each field and button", async () => {
    const page = await enterAll();
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLInputElement>("input, textarea, button")].filter((element) => {
        return element.checkVisibility() && !element.labels?.length && !element.textContent?.trim();
      }),
    );
    expect(unnamed).to.deep.equal([]);
  });
});

async function expectUsable(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectFitting(page);
}

async function bottomOf(page: Page, selector: string): Promise<number> {
  const box = await page.locator(selector).boundingBox();
  return box ? box.y + box.height : Number.NaN;
}
