import { expect } from "chai";
import type { Report } from "../../handlers/status/protocol.ts";
import { expectAccessible } from "../support/axe.ts";
import { expectFitting } from "../support/fitting.ts";
import { LOOKS, look } from "../support/looks.ts";
import { untilFigure, untilMoment } from "../support/status-page.ts";
import { CLIMB, NOW, report } from "../support/status-samples.ts";
import { useBrowser } from "../support/use-browser.ts";
import { openStatusPage, useStatusFeed } from "../support/use-status-feed.ts";

const A = CLIMB.process;
const B = { id: "b", machine: "alpha", pid: 12 };

describe("the status page, for everybody", () => {
  const openPage = useBrowser();
  const feed = useStatusFeed();

  const open = (...reports: Report[]) => openStatusPage(openPage, feed(), reports);

  it("moves nothing while its values change", async () => {
    const page = await open(CLIMB);
    await page.evaluate(() => {
      new PerformanceObserver(() => document.body.classList.add("moved")).observe({ type: "layout-shift" });
    });
    await feed().tell({ type: "reports", reports: [report(A, 100_000, NOW + 1)] });
    await untilFigure(page, "connections", "100,000");
    await page.locator("#messages .u-over").hover({ position: { x: 100, y: 50 } });
    await page
      .locator("#cost .ago")
      .getByText(/^\d min \d\d s ago$/)
      .waitFor();
    expect(await page.locator("body.moved").count()).to.equal(0);
  });

  for (const each of LOOKS) {
    it(`has nothing for axe-core to find at ${each.name}, live and offline`, async () => {
      const page = await open(CLIMB, report(B, 1, NOW));
      await look(page, each);
      await expectAccessible(page);
      await expectFitting(page);
      await page.locator("#memory .u-over").hover();
      await untilMoment(page, "5 min ago");
      await feed().stop();
      await page.locator("#connection[data-state=closed]").waitFor();
      await expectAccessible(page);
      await expectFitting(page);
    });
  }
});
