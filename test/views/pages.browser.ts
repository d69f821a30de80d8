import { expect } from "chai";
import { expectAccessible } from "../support/axe.ts";
import { SCREENS } from "../support/screens.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";

const PAGES = new Map([
  ["/", "Game of Life · express-c10k"],
  ["/test/", "Echo · express-c10k"],
  ["/test/wsgi/", "Forms · express-c10k"],
  ["/chat/", "Chat · express-c10k"],
  ["/status/", "Status · express-c10k"],
]);

describe("every page", () => {
  const openPage = useBrowser();
  const server = useChatSite();

  for (const [path, title] of PAGES) {
    it(`at ${path} says what it is, and where the others are`, async () => {
      const page = await openPage();
      await page.goto(server().url + path);
      expect(await page.title()).to.equal(title);
      expect(await page.locator("html").getAttribute("lang")).to.equal("en");
      expect(await page.locator("h1").count()).to.equal(1);
      const links = page.locator("nav a");
      expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))).to.deep.equal([
        ...PAGES.keys(),
      ]);
      expect(await page.locator("nav [aria-current=page]").getAttribute("href")).to.equal(path);
    });

    it(`at ${path} fits a narrow phone`, async () => {
      const page = await openPage();
      await page.setViewportSize({ width: 320, height: 568 });
      await page.goto(server().url + path);
      const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
      expect(scrollWidth).to.equal(clientWidth);
    });

    for (const screen of SCREENS) {
      it(`at ${path} has nothing for axe-core to find on ${screen.name}`, async () => {
        const page = await openPage();
        await screen.apply(page);
        await page.goto(server().url + path);
        await expectAccessible(page);
      });
    }

    it(`at ${path} is dark where the browser asks for it`, async () => {
      const page = await openPage();
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      await page.goto(server().url + path);
      const light = await background();
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await background()).not.to.equal(light);
    });

    it(`at ${path} names each field and picture`, async () => {
      const page = await openPage();
      await page.goto(server().url + path);
      const unnamed = await page.evaluate(() =>
        [...document.querySelectorAll("input, [role=img]")].filter((element) => {
          return !element.ariaLabel && !(element instanceof HTMLInputElement && element.labels?.length);
        }),
      );
      expect(unnamed).to.deep.equal([]);
    });
  }
});
