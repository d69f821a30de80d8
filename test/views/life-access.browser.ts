import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "../support/axe.ts";
import { expectFitting } from "../support/fitting.ts";
import { cellsOf, startGame } from "../support/life-clients.ts";
import { paint, picture, untilShown } from "../support/life-page.ts";
import { DESK, LOOKS, look, NARROW, PHONE } from "../support/looks.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { useBrowser } from "../support/use-browser.ts";

describe("the Game of Life page, for everybody", () => {
  const openPage = useBrowser();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server.close());

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(server.url);
    await page.locator("#chosen").waitFor();
    await page.locator("#size").getByText("×").waitFor();
    return page;
  }

  /** A game of 10×10 cells that has come to step 1. */
  async function play(page: Page): Promise<void> {
    const workers = await startGame(server, 10);
    for (const step of [0, 1]) {
      for (const [index, worker] of workers.entries())
        worker.send(`${step} ${cellsOf(10)[index]} ${index & 1}`);
    }
    await untilShown(page, "step", "1");
    await page.locator("#chart").waitFor();
  }

  for (const each of LOOKS) {
    it(`has nothing for axe-core to find at ${each.name}`, async () => {
      const page = await open();
      await look(page, each);
      await expectAccessible(page);
      await play(page);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "Zoom in" }).click();
      await expectAccessible(page);
      await expectFitting(page);
    });
  }

  for (const size of [PHONE, DESK]) {
    it(`has the picture and its buttons in sight at first, at ${size.width}×${size.height}`, async () => {
      const page = await open();
      await page.setViewportSize(size);
      await expectFitting(page);
      const fit = await page.locator("#fit").boundingBox();
      expect((fit?.y ?? 0) + (fit?.height ?? 0)).to.be.at.most(size.height);
    });
  }

  it("fits the narrowest phone while a game runs", async () => {
    const page = await open();
    await page.setViewportSize(NARROW);
    await play(page);
    await page.getByRole("button", { name: "Pause" }).click();
    await expectFitting(page);
  });

  it("is reached by the keyboard, in the order in which it is seen", async () => {
    const page = await open();
    const ids: string[] = [];
    await page.locator("nav a").last().focus();
    while (ids.length < 6) {
      await page.keyboard.press("Tab");
      ids.push(await page.evaluate(() => document.activeElement?.id ?? ""));
    }
    expect(ids).to.deep.equal(["board", "pause", "zoom-out", "zoom-in", "fit", ""]);
    expect(await page.evaluate(() => document.activeElement?.textContent)).to.equal("choose a pattern");
  });

  it("keeps one hue where motion is to be reduced, and says nothing of hues", async () => {
    const page = await open();
    await page.emulateMedia({ reducedMotion: "reduce" });
    await play(page);
    const [alive, dead] = [
      await paint(page, "hsl(160, 100%, 25%)"),
      await paint(page, "hsl(160, 100%, 95%)"),
    ];
    expect(new Set((await picture(page)).flat())).to.deep.equal(new Set([alive, dead]));
    expect(await page.locator("#hues").isHidden()).to.equal(true);
  });
});
