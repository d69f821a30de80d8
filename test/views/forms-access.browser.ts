import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "../support/axe.ts";
import { expectFitting } from "../support/fitting.ts";
import { tabStops, tabTo } from "../support/keyboard.ts";
import { LOOKS, look, NARROW } from "../support/looks.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useServer } from "../support/use-server.ts";

/** Longer than any line, and without a place to break it. */
const LONG = "x".repeat(300);

/** More than the server takes. */
const TOO_LONG = "x".repeat(200_000);

describe("the forms page, for everybody", () => {
  const openPage = useBrowser();
  const server = useServer();

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(`${server().url}/test/wsgi/`);
    return page;
  }

  /** Fills in the form of that method and sends it, with the keyboard alone; waits for its answer. */
  async function send(page: Page, method: "get" | "post", text: string): Promise<void> {
    await tabTo(page, `${method}-text`);
    await page.keyboard.insertText(text);
    await page.keyboard.press("Enter");
    await page.locator(`#${method}`).getByText(JSON.stringify({ text }), { exact: true }).waitFor();
  }

  for (const each of LOOKS) {
    it(`has nothing for axe-core to find at ${each.name}, before and behind either form`, async () => {
      const page = await open();
      await look(page, each);
      await expectUsable(page);
      await send(page, "get", "Spam & eggs");
      await expectUsable(page);
      await send(page, "post", LONG);
      await expectUsable(page);
    });
  }

  it("fits the narrowest phone, whatever it was sent", async () => {
    const page = await open();
    await page.setViewportSize(NARROW);
    await send(page, "get", LONG);
    await send(page, "post", LONG);
    await expectFitting(page);
  });

  it("is gone through by the keyboard in the order in which it is seen, and shows where one is", async () => {
    const page = await open();
    const stops = ["get-text", "Send", "post-text", "Send"];
    expect(await tabStops(page)).to.deep.equal(["Life", "Echo", "Forms", "Chat", "Status", ...stops]);
  });

  it("names each form's part of the page", async () => {
    const page = await open();
    for (const name of ["GET", "POST"]) {
      const part = page.getByRole("region", { name, exact: true });
      expect(await part.getByRole("textbox", { name: "Text" }).count(), name).to.equal(1);
    }
  });

  it("says why a form was refused, and is there again by the browser's way back", async () => {
    const page = await open();
    await page.locator("#post-text").fill(TOO_LONG);
    await page.locator("form[method=POST] button").click();
    await page.getByText("request entity too large").waitFor();
    await page.goBack();
    await send(page, "post", "Eggs");
  });
});

async function expectUsable(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectFitting(page);
}
