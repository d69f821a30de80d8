import { expect } from "chai";
import type { Page } from "playwright-core";
import { expectAccessible } from "../support/axe.ts";
import { openRecording } from "../support/recording-client.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { moments, untilDrawn, untilFigure, untilValue } from "../support/status-page.ts";
import { useBrowser } from "../support/use-browser.ts";

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

describe("the status page", () => {
  const openPage = useBrowser();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server.close());

  async function open(query = ""): Promise<Page> {
    const page = await openPage();
    await page.goto(`${server.url}/status/${query}`);
    await untilDrawn(page);
    return page;
  }

  function openClients(count: number) {
    return Promise.all(Array.from({ length: count }, () => openRecording(`${server.wsUrl}/test/ws/`)));
  }

  it("counts the connections of each view, and all, the page's own too", async () => {
    const page = await open();
    await untilFigure(page, "connections", "1");
    const clients = await openClients(30);
    await untilValue(page, "connections", "/test/ws/", "30");
    await untilValue(page, "connections", "all", "31");
    await untilFigure(page, "connections", "31");
    for (const { ws } of clients.slice(10)) ws.close();
    await untilValue(page, "connections", "/test/ws/", "10");
    await untilFigure(page, "connections", "11");
  });

  it("shows to a visitor that comes late what happened before", async () => {
    const first = await open();
    const [client] = await openClients(1);
    await untilValue(first, "connections", "/test/ws/", "1");
    client?.ws.close(1000);
    await untilValue(first, "connections", "/test/ws/", "0");
    const page = await open();
    await untilValue(page, "connections", "/test/ws/", "0");
    const label = await page.locator("#connections .plot").getAttribute("aria-label");
    expect(label).to.contain("/test/ws/ 0, at most 1");
    expect(await page.locator("#closes .plot").getAttribute("aria-label")).to.match(/\b1000 .*at most 1\b/);
  });

  it("reads all charts at the moment that a pointer is at", async () => {
    const page = await open();
    const messages = page.locator("#messages .u-over");
    await messages.hover();
    const read = await moments(page);
    expect(read).to.deep.equal(Array(9).fill("5 min ago"));
    expect(await page.locator("#moment").inputValue()).to.equal("-300");
    await page.locator("h1").hover();
    expect(await moments(page)).to.deep.equal(Array(9).fill(""));
  });

  it("reads all charts at the moment that keys move to", async () => {
    const page = await open();
    const slider = page.getByRole("slider", { name: "Moment at which the charts are read" });
    await slider.press("ArrowLeft");
    await page.locator("#cost time").getByText("1 s ago", { exact: true }).waitFor();
    expect(await moments(page)).to.deep.equal(Array(9).fill("1 s ago"));
    expect(await slider.getAttribute("aria-valuetext")).to.equal("1 s ago");
    await slider.press("Home");
    await page.locator("#cost time").getByText("10 min ago", { exact: true }).waitFor();
    await slider.press("End");
    await page.waitForFunction(() => document.querySelector("#cost time")?.textContent === "");
  });

  it("says that the connection is lost, and goes on when the server is back", async () => {
    const page = await open();
    await page.locator("#connection").getByText("Live", { exact: true }).waitFor();
    const { port } = server;
    await server.close();
    await page.locator("#main[data-stale] #connection[data-state=closed]").waitFor();
    expect(await page.locator("#connection").textContent()).to.match(
      /^Connection lost\. Trying again in \d+ s\.$/,
    );
    server = await startServer({}, port);
    await page.locator("#main:not([data-stale]) #connection[data-state=open]").waitFor();
    await openClients(3);
    await untilValue(page, "connections", "/test/ws/", "3");
  });

  it("draws nothing while nobody sees it, and all when it is seen again", async () => {
    const page = await open();
    await hide(page, true);
    const clients = page.waitForEvent("websocket").catch(() => undefined);
    await openClients(5);
    await untilReceived(page, '"/test/ws/":5');
    expect(await page.locator("#figure-connections").textContent()).to.equal("1");
    await hide(page, false);
    await untilValue(page, "connections", "/test/ws/", "5");
    await clients;
  });

  it("passes its query on to its feed", async () => {
    const page = await openPage();
    const feed = page.waitForEvent("websocket");
    await page.goto(`${server.url}/status/?token=a%26b`);
    expect((await feed).url()).to.equal(`${server.wsUrl}/status/feed/?token=a%26b`);
  });

  it("moves nothing while its values change", async () => {
    const page = await open();
    await page.evaluate(() => {
      new PerformanceObserver((list) => {
        for (const { name } of list.getEntries()) document.body.dataset.shifted = name;
      }).observe({ type: "layout-shift" });
    });
    await openClients(3);
    await untilValue(page, "connections", "/test/ws/", "3");
    await page.locator("#messages .u-over").hover();
    await page.locator("#cost time").getByText("5 min ago", { exact: true }).waitFor();
    expect(await page.locator("body").getAttribute("data-shifted")).to.equal(null);
  });

  for (const [name, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`is accessible at the size of a ${name} in ${colorScheme} colours, live and offline`, async () => {
        const page = await openPage();
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(viewport);
        await page.goto(`${server.url}/status/`);
        await untilDrawn(page);
        await expectAccessible(page);
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
        expect(scrollWidth).to.equal(clientWidth);
        await server.close();
        await page.locator("#connection[data-state=closed]").waitFor();
        await expectAccessible(page);
      });
    }
  }
});
