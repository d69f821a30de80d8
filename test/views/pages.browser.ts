import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "../support/axe.ts";
import { expectFitting } from "../support/fitting.ts";
import { LOOKS, look, NARROW } from "../support/looks.ts";
import { pageNames } from "../support/page-names.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useChatSite } from "../support/use-chat-site.ts";
import { watchTraffic } from "../support/watch-traffic.ts";

/** How a page is come to, and known. */
interface Place {
  readonly path: string;
  readonly title: string;
  /** What there is once the page has all that it asks for at first. Default: what it is made of */
  readonly ready?: string;
  /** The path that the navigation has it under. Default: its own */
  readonly under?: string;
}

const CONNECTED = "#connection[data-state=open]";

const PLACES: Readonly<Record<string, Place>> = {
  "chat/lobby": { path: "/chat/", title: "Chat", ready: "#state:text('There is no room yet')" },
  "chat/room": { path: "/chat/tea/", title: "tea · Chat", ready: "#nick:focus", under: "/chat/" },
  echo: { path: "/test/", title: "Echo", ready: CONNECTED },
  forms: { path: "/test/wsgi/", title: "Forms" },
  life: { path: "/", title: "Game of Life", ready: `body:has(${CONNECTED}):has(#chosen:not([hidden]))` },
  status: { path: "/status/", title: "Status", ready: CONNECTED },
};

/** The way to each other page, the same on all. */
const NAVIGATION = [
  ["Life", "/"],
  ["Echo", "/test/"],
  ["Forms", "/test/wsgi/"],
  ["Chat", "/chat/"],
  ["Status", "/status/"],
];

describe("every page", () => {
  const openPage = useBrowser();
  const site = useChatSite();

  async function open(page: Page, { path, ready = "main" }: Place): Promise<void> {
    await page.goto(site().url + path);
    await page.locator(ready).first().waitFor();
  }

  it("is known here", () => {
    expect(Object.keys(PLACES).sort()).to.deep.equal(pageNames());
  });

  it("is a click away from each other one", async () => {
    const page = await openPage();
    await page.goto(site().url);
    for (const [name = "", path] of [...NAVIGATION, ...NAVIGATION]) {
      await page.locator("nav").getByRole("link", { name, exact: true }).click();
      await page.waitForURL(site().url + path);
      await page.locator("nav [aria-current=page]").getByText(name, { exact: true }).waitFor();
    }
  });

  for (const [name, place] of Object.entries(PLACES)) {
    describe(`${name}, at ${place.path}`, () => {
      it("says what it is, in which language, and for windows of what size", async () => {
        const page = await openPage();
        await open(page, place);
        expect(await page.locator(`link[href="/pages/${name}/style.css"]`).count()).to.equal(1);
        expect(await page.title()).to.equal(`${place.title} · express-c10k`);
        expect(await page.locator("html").getAttribute("lang")).to.equal("en");
        const content = (meta: string) => page.locator(`meta[name=${meta}]`).getAttribute("content");
        expect(await content("description")).to.match(/^[A-Z].+\.$/);
        expect(await content("color-scheme")).to.equal("light dark");
        const viewport = await content("viewport");
        expect(viewport).to.match(/^width=device-width, initial-scale=1\b/);
        // Whoever needs larger letters is to get them.
        expect(viewport).not.to.match(/user-scalable|maximum-scale/);
      });

      it("has one heading of the first rank, one main part, and the way to the others", async () => {
        const page = await openPage();
        await open(page, place);
        for (const [role, count] of [
          ["main", 1],
          ["banner", 1],
          ["navigation", 1],
        ] as const)
          expect(await page.getByRole(role).count(), role).to.equal(count);
        expect(await page.getByRole("heading", { level: 1 }).count()).to.equal(1);
        const links = await page.locator("nav a").evaluateAll((all) => {
          return all.map((link) => [link.textContent, link.getAttribute("href")]);
        });
        expect(links).to.deep.equal(NAVIGATION);
        const current = page.locator("nav [aria-current=page]");
        expect(await current.getAttribute("href")).to.equal(place.under ?? place.path);
      });

      it("asks nobody but its own server, and has nothing to complain of", async () => {
        const page = await openPage();
        const { hosts, complaints } = watchTraffic(page);
        await open(page, place);
        expect([...hosts]).to.deep.equal([new URL(site().url).host]);
        expect(complaints).to.deep.equal([]);
      });

      it("is for everybody at first sight, on a phone and on a desk, light and dark", async () => {
        const page = await openPage();
        await open(page, place);
        for (const each of LOOKS) {
          await look(page, each);
          await expectAccessible(page);
          await expectFitting(page);
        }
        await page.setViewportSize(NARROW);
        await expectFitting(page);
      });

      it("is dark where the browser asks for it", async () => {
        const page = await openPage();
        const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        await open(page, place);
        const light = await background();
        await page.emulateMedia({ colorScheme: "dark" });
        expect(await background()).not.to.equal(light);
      });
    });
  }
});
