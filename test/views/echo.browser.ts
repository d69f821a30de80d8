import { expect } from "chai";
import type { Locator, Page } from "playwright-core";
import { useBrowser } from "../support/use-browser.ts";
import { useServer } from "../support/use-server.ts";

describe("the echo page", () => {
  const openPage = useBrowser();
  const server = useServer();

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(`${server().url}/test/`);
    return page;
  }

  function state(page: Page): Locator {
    return page.locator("#connection");
  }

  /** Waits until that many messages are there, and returns all. */
  async function messages(page: Page, count: number): Promise<string[]> {
    const items = page.locator("#messages > li");
    await items.nth(count - 1).waitFor();
    return items.allTextContents();
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.locator("#text").fill(text);
    await page.locator("#text").press("Enter");
  }

  async function converse(page: Page, ...texts: string[]): Promise<void> {
    await messages(page, 1);
    for (const [index, text] of texts.entries()) {
      await say(page, text);
      await messages(page, 2 + index);
    }
  }

  it("shows the whole conversation as it goes on", async () => {
    const page = await open();
    const all = ["Hello!", "1. Spam", "2. Eggs", "3. Café", "Goodbye!"];
    expect(await messages(page, 1)).to.deep.equal(all.slice(0, 1));
    expect(await state(page).textContent()).to.equal("Connected");
    await say(page, "Spam");
    expect(await messages(page, 2)).to.deep.equal(all.slice(0, 2));
    await say(page, "Eggs");
    expect(await messages(page, 3)).to.deep.equal(all.slice(0, 3));
    await say(page, "Café");
    expect(await messages(page, 5)).to.deep.equal(all);
    await state(page).getByText("Connection closed.", { exact: true }).waitFor();
  });

  it("shows HTML as text", async () => {
    const page = await open();
    await converse(page, `<img src=x onerror="document.title='owned'">`);
    expect((await messages(page, 2)).at(-1)).to.equal(`1. <img src=x onerror="document.title='owned'">`);
  });

  it("takes text while the connection is open, and no longer", async () => {
    const page = await open();
    await messages(page, 1);
    expect(await page.locator("#text").isEnabled()).to.equal(true);
    await server().close();
    await state(page).getByText("Connection lost.").waitFor();
    expect(await page.locator("#text").isDisabled()).to.equal(true);
    expect(await page.locator("#send").isDisabled()).to.equal(true);
  });

  it("connects again with the keyboard alone", async () => {
    const page = await open();
    await converse(page, "a", "b", "c");
    await page.locator("#again:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#text:focus").waitFor();
    await page.keyboard.type("d");
    await page.keyboard.press("Enter");
    expect(await messages(page, 2)).to.deep.equal(["Hello!", "1. d"]);
    expect(await page.locator("#again").isHidden()).to.equal(true);
  });
});
