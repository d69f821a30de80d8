import { expect } from "chai";
import { chart } from "../../../commands/bench/chart.ts";
import { benchReport, benchRun } from "../../support/bench-report.ts";
import { useBrowser } from "../../support/use-browser.ts";

describe("the chart", () => {
  const openPage = useBrowser();
  const report = benchReport({
    "express-c10k": benchRun(2500, 40),
    ws: benchRun(1000, 100),
    "@fastify/websocket": benchRun(900, 110),
  });

  async function draw() {
    const page = await openPage();
    await page.setContent(`<body style="margin: 0">${chart(report)}</body>`);
    return page;
  }

  it("is well-formed", async () => {
    const page = await openPage();
    const root = await page.evaluate((svg) => {
      const { documentElement } = new DOMParser().parseFromString(svg, "image/svg+xml");
      return {
        name: documentElement.nodeName,
        space: documentElement.namespaceURI,
        text: documentElement.textContent,
      };
    }, chart(report));
    expect(root).to.include({ name: "svg", space: "http://www.w3.org/2000/svg" });
    expect(root.text).to.contain("A <fast> & cool CPU");
  });

  it("has a bar for each peer and column, as long as its ratio", async () => {
    const page = await draw();
    const widths = await page
      .locator("rect")
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute("width"))));
    expect(widths).to.have.length(3 * 5);
    for (let column = 0; column < 5; column++) {
      const [ours = 0, ws = 0, fastify = 0] = widths.slice(column * 3);
      expect(ours / ws).to.be.closeTo(2.5, 0.02);
      expect(fastify / ws).to.be.closeTo(0.9, 0.02);
    }
  });

  it("shows this library in another colour", async () => {
    const page = await draw();
    const fills = await page
      .locator("rect")
      .evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).fill));
    expect(new Set(fills.slice(1, 3)).size).to.equal(1);
    expect(fills[0]).not.to.equal(fills[1]);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    it(`lets no text run over another one, or out of the picture, in ${colorScheme} mode`, async () => {
      const page = await draw();
      await page.emulateMedia({ colorScheme });
      const boxes = await page.locator("text").evaluateAll((texts) =>
        texts.map((text) => {
          const { left, right, top, bottom } = text.getBoundingClientRect();
          return { text: text.textContent, left, right, top, bottom };
        }),
      );
      const size = await page.locator("svg").boundingBox();
      expect(boxes.filter(({ right }) => right > (size?.width ?? 0))).to.deep.equal([]);
      const crossing = boxes.filter((a) =>
        boxes.some(
          (b) =>
            a !== b && a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom,
        ),
      );
      expect(crossing).to.deep.equal([]);
    });
  }
});
