import { expect } from "chai";
import { startServer, type TestServer } from "../support/server.ts";
import { useBrowser } from "../support/use-browser.ts";

describe("the page where there is no Game of Life", () => {
  const openPage = useBrowser();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer({ workers: 2 });
  });

  afterEach(() => server.close());

  it("says why, and has no grid, on a narrow phone too", async () => {
    const page = await openPage();
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(server.url);
    expect(await page.locator("#refusal").textContent()).to.contain("start it without --workers");
    expect(await page.locator("canvas").count()).to.equal(0);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).to.equal(clientWidth);
  });
});
