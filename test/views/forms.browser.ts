import { expect } from "chai";
import type { Page } from "playwright-core";
import { useBrowser } from "../support/use-browser.ts";
import { useServer } from "../support/use-server.ts";

describe("the forms page", () => {
  const openPage = useBrowser();
  const server = useServer();

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(`${server().url}/test/wsgi/`);
    return page;
  }

  async function submit(page: Page, method: "GET" | "POST", text: string): Promise<void> {
    await page.locator(`form[method="${method}"] input[name="text"]`).fill(text);
    await page.locator(`form[method="${method}"] button`).click();
    await page.locator("#method", { hasText: method }).waitFor();
  }

  it("shows what the GET form sent, then beside it what the POST form sent", async () => {
    const page = await open();
    await submit(page, "GET", "spam");
    expect(await page.locator("#get").textContent()).to.equal('{"text":"spam"}');
    await submit(page, "POST", "eggs");
    expect(await page.locator("#get").textContent()).to.equal('{"text":"spam"}');
    expect(await page.locator("#post").textContent()).to.equal('{"text":"eggs"}');
  });

  it("shows HTML as text", async () => {
    const page = await open();
    const attack = `</pre><img src=x onerror="document.title='owned'">`;
    await submit(page, "POST", attack);
    expect(await page.locator("#post").textContent()).to.equal(JSON.stringify({ text: attack }));
    expect(await page.locator("main img").count()).to.equal(0);
  });
});
