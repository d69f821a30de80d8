import { expect } from "chai";
import type { Page } from "playwright-core";
import { joinChat } from "../support/chat-client.ts";
import { fillRoom } from "../support/chat-page.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

describe("the chat's lobby", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(`${site().url}/chat/`);
    return page;
  }

  it("says that there is no room yet", async () => {
    await (await open()).getByText("There is no room yet: make the first one.").waitFor();
  });

  it("lists the rooms with somebody in them, and the latest ones, and leads into them", async () => {
    await fillRoom(site().log, "kitchen", 1);
    await joinChat(site(), "東京", "Zoe");
    const page = await open();
    const rooms = page.locator("#rooms > li");
    await rooms.nth(1).waitFor();
    const lines = (await rooms.allTextContents()).map((line) => line.replace(/\s+/g, " "));
    expect(lines).to.deep.equal(["東京 1 here", "kitchen nobody here · last message just now"]);
    await rooms.first().locator("a").click();
    await page.waitForURL(`**/chat/${encodeURIComponent("東京")}/`);
    expect(await page.locator("h1").textContent()).to.equal("東京");
  });

  it("keeps the list up to date", async () => {
    const page = await openPage();
    await page.clock.install();
    await page.goto(`${site().url}/chat/`);
    await page.getByText("There is no room yet").waitFor();
    await joinChat(site(), "tea", "Zoe");
    await page.clock.runFor(5_000);
    const room = page.locator("#rooms a");
    await room.getByText("1 here").waitFor();
    const link = await room.elementHandle();
    await link?.focus();
    await joinChat(site(), "tea", "Ann");
    for (const nick of ["Ann", "Ben", "Cem"]) await joinChat(site(), "kitchen", nick);
    await page.clock.runFor(5_000);
    await page.locator("#rooms li:first-child").getByText("3 here").waitFor();
    await page.locator("#rooms li:last-child").getByText("2 here").waitFor();
    expect(await link?.evaluate((element) => element === document.activeElement)).to.equal(true);
  });

  it("makes a room, and remembers the nick", async () => {
    const page = await open();
    await page.getByLabel("Your nick").fill("  Ann ");
    await page.getByLabel("Room", { exact: true }).fill("Café");
    await page.getByRole("button", { name: "Enter" }).click();
    await page.waitForURL(`**/chat/${encodeURIComponent("Café")}/`);
    await page.locator("#members .nick").getByText("Ann", { exact: true }).waitFor();
    await page.goBack();
    expect(await page.getByLabel("Your nick").inputValue()).to.equal("Ann");
  });

  it("says what is wrong with a name, and goes nowhere", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Enter" }).click();
    await page.getByText("Pick a nick first.").waitFor();
    await page.getByText("Name a room first.").waitFor();
    await page.getByLabel("Your nick").fill("Ann");
    await page.getByLabel("Room", { exact: true }).fill("tea time");
    await page.getByLabel("Room", { exact: true }).press("Enter");
    await page.getByText("Name it with letters, digits").waitFor();
    expect(await page.locator("#room").getAttribute("aria-invalid")).to.equal("true");
    expect(await page.evaluate(() => document.activeElement?.id)).to.equal("room");
    expect(page.url()).to.equal(`${site().url}/chat/`);
  });

  it("says when the list cannot be read", async () => {
    const page = await openPage();
    await page.route("**/rooms.json", (route) => route.abort(), { times: 1 });
    await page.goto(`${site().url}/chat/`);
    await page.getByText("The list of rooms cannot be read at the moment.").waitFor();
  });
});
