import { expect } from "chai";
import type { CDPSession, Page } from "playwright-core";
import { cellsOf, resetGame, startGame } from "../support/life-clients.ts";
import { colored, picture, untilShown } from "../support/life-page.ts";
import type { RecordingClient } from "../support/recording-client.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { useBrowser } from "../support/use-browser.ts";

/** What of the grid is in sight, in fractions of its side. */
interface Sight {
  readonly zoom: number;
  readonly left: number;
  readonly top: number;
}

describe("the picture of the Game of Life", () => {
  const openPage = useBrowser();
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(() => server.close());

  async function open(size: number): Promise<Page> {
    const page = await openPage();
    await resetGame(server, size);
    await page.goto(server.url);
    await untilShown(page, "size", `${size}×${size}`);
    return page;
  }

  describe("when paused", () => {
    let page: Page;
    let workers: RecordingClient[];

    /** Has all four cells tell a step: alive, as the text has it. */
    async function tell(step: number, states: string): Promise<void> {
      for (const [index, worker] of workers.entries())
        worker.send(`${step} ${cellsOf(2)[index]} ${states[index]}`);
      await untilShown(page, "step", String(step));
    }

    beforeEach(async () => {
      page = await openPage();
      await page.goto(server.url);
      workers = await startGame(server, 2);
      await tell(0, "1001");
    });

    it("stands while the game goes on, and catches up when it resumes", async () => {
      await page.getByRole("button", { name: "Pause" }).click();
      await untilShown(page, "paused", "Paused at step 0");
      await tell(1, "1110");
      await tell(2, "0111");
      expect(await picture(page)).to.deep.equal(await colored(page, ["O.", ".O"], 0));
      await page.getByRole("button", { name: "Resume" }).click();
      await page.locator("#paused").waitFor({ state: "hidden" });
      await untilDrawn(page);
      expect(await picture(page)).to.deep.equal(await colored(page, [".O", "OO"], 2));
    });

    it("stands even when another game begins", async () => {
      await page.getByRole("button", { name: "Pause" }).click();
      await resetGame(server, 3);
      await untilShown(page, "size", "3×3");
      expect(await picture(page)).to.deep.equal(await colored(page, ["O.", ".O"], 0));
      await page.getByRole("button", { name: "Resume" }).click();
      await untilDrawn(page);
      expect(await picture(page)).to.have.length(3);
    });

    it("takes other colours for a dark page", async () => {
      await page.getByRole("button", { name: "Pause" }).click();
      const before = await picture(page);
      await tell(1, "1110");
      await page.emulateMedia({ colorScheme: "dark" });
      await untilDrawn(page);
      const after = await picture(page);
      expect(after).not.to.deep.equal(before);
      expect(after[0]?.[0]).to.equal(after[1]?.[1]);
      expect(after[0]?.[0]).not.to.equal(after[0]?.[1]);
    });

    it("pauses and resumes by the space bar", async () => {
      await page.locator("#board").press(" ");
      await untilShown(page, "pause", "Resume");
      await page.locator("#board").press(" ");
      await untilShown(page, "pause", "Pause");
    });
  });

  it("zooms by buttons, and shows all again", async () => {
    const page = await open(100);
    expect(await sight(page)).to.deep.equal({ zoom: 1, left: 0, top: 0 });
    await page.getByRole("button", { name: "Zoom in" }).click();
    await page.getByRole("button", { name: "Zoom in" }).click();
    expectSight(await sight(page), { zoom: 2.25, left: 0.2778, top: 0.2778 });
    await untilShown(page, "zoom", "2.3×");
    await page.getByRole("button", { name: "Zoom out" }).click();
    expect((await sight(page)).zoom).to.be.closeTo(1.5, 0.01);
    await page.getByRole("button", { name: "Fit" }).click();
    expectSight(await sight(page), { zoom: 1, left: 0, top: 0 });
  });

  it("says of a button when it can do nothing, and keeps the focus there", async () => {
    const page = await open(12);
    const zoomIn = page.getByRole("button", { name: "Zoom in" });
    expect(await page.getByRole("button", { name: "Fit" }).isDisabled()).to.equal(true);
    await zoomIn.press("Enter");
    expect(await zoomIn.isDisabled()).to.equal(true);
    expect(await zoomIn.evaluate((button) => button === document.activeElement)).to.equal(true);
    expectSight(await sight(page), { zoom: 1.5, left: 0.1667, top: 0.1667 });
  });

  it("zooms and moves by keys", async () => {
    const page = await open(100);
    const board = page.locator("#board");
    for (const key of ["+", "=", "-", "+"]) await board.press(key);
    expect((await sight(page)).zoom).to.be.closeTo(2.25, 0.01);
    const { left, top } = await sight(page);
    await board.press("ArrowRight");
    await board.press("ArrowUp");
    expectSight(await sight(page), { zoom: 2.25, left: left + 0.15 / 2.25, top: top - 0.15 / 2.25 });
    await board.press("0");
    expectSight(await sight(page), { zoom: 1, left: 0, top: 0 });
  });

  it("zooms by the wheel, about the cell below it", async () => {
    const page = await open(100);
    await page.mouse.move(...(await pointOf(page, 0.25, 0.75)));
    await page.mouse.wheel(0, -400);
    await untilZoomed(page);
    expectSight(await sight(page), { zoom: Math.E, left: 0.25 - 0.25 / Math.E, top: 0.75 - 0.75 / Math.E });
  });

  it("lets the wheel scroll the page while all is in sight", async () => {
    const page = await open(100);
    await page.mouse.move(...(await pointOf(page, 0.5, 0.5)));
    await page.mouse.wheel(0, 100);
    await page.waitForFunction(() => scrollY > 0);
    expect((await sight(page)).zoom).to.equal(1);
    await page.mouse.wheel(0, -200);
    await page.waitForFunction(() => scrollY === 0);
    expect((await sight(page)).zoom).to.equal(1);
  });

  it("moves with the mouse that drags it", async () => {
    const page = await open(100);
    for (const _ of [1, 2]) await page.getByRole("button", { name: "Zoom in" }).click();
    const { left, top } = await sight(page);
    await page.mouse.move(...(await pointOf(page, 0.5, 0.5)));
    await page.mouse.down();
    await page.mouse.move(...(await pointOf(page, 0.4, 0.7)));
    await page.mouse.up();
    await page.mouse.move(...(await pointOf(page, 0.9, 0.9)));
    expectSight(await sight(page), { zoom: 2.25, left: left + 0.1 / 2.25, top: top - 0.2 / 2.25 });
  });

  it("zooms as two fingers part, and moves with them", async () => {
    const page = await open(100);
    const fingers = await page.context().newCDPSession(page);
    await touch(page, fingers, "touchStart", [0.4, 0.5], [0.6, 0.5]);
    await touch(page, fingers, "touchMove", [0.3, 0.5], [0.7, 0.5]);
    await touch(page, fingers, "touchMove", [0.4, 0.6], [0.8, 0.6]);
    await touch(page, fingers, "touchEnd");
    expectSight(await sight(page), { zoom: 2, left: 0.2, top: 0.2 });
    await touch(page, fingers, "touchStart", [0.5, 0.5]);
    await touch(page, fingers, "touchMove", [0.3, 0.4]);
    await touch(page, fingers, "touchEnd");
    expectSight(await sight(page), { zoom: 2, left: 0.3, top: 0.25 });
  });

  it("leaves a finger to the page while all is in sight, and a pinch to itself", async () => {
    const page = await open(100);
    const action = () => page.locator("#board").evaluate((board) => getComputedStyle(board).touchAction);
    expect(await action()).to.equal("pan-x pan-y");
    await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await action()).to.equal("none");
  });

  it("shows lines between cells that are wide enough for them", async () => {
    const page = await open(100);
    await page.setViewportSize({ width: 390, height: 844 });
    const hasLines = () => page.locator("#board").evaluate((board) => board.hasAttribute("data-lines"));
    await page.waitForFunction(() => !document.getElementById("board")?.hasAttribute("data-lines"));
    for (const _ of [1, 2]) await page.getByRole("button", { name: "Zoom in" }).click();
    expect(await hasLines()).to.equal(true);
  });

  it("is all in sight again when a game of another size begins", async () => {
    const page = await open(100);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await resetGame(server, 50);
    await untilShown(page, "size", "50×50");
    expectSight(await sight(page), { zoom: 1, left: 0, top: 0 });
  });
});

function sight(page: Page): Promise<Sight> {
  return page.evaluate(() => {
    const [board, grid] = ["board", "grid"].map((id) => document.getElementById(id)?.getBoundingClientRect());
    if (!board || !grid) throw new Error("No picture");
    return {
      zoom: grid.width / board.width,
      left: (board.left - grid.left) / grid.width,
      top: (board.top - grid.top) / grid.height,
    };
  });
}

function expectSight(sight: Sight, { zoom, left, top }: Sight): void {
  expect(sight.zoom, "zoom").to.be.closeTo(zoom, 0.02);
  expect(sight.left, "left").to.be.closeTo(left, 0.01);
  expect(sight.top, "top").to.be.closeTo(top, 0.01);
}

/** A point over the board, from 0 to 1, as one of the page. */
async function pointOf(page: Page, x: number, y: number): Promise<[x: number, y: number]> {
  const box = await page.locator("#board").boundingBox();
  if (!box) throw new Error("No board");
  return [box.x + x * box.width, box.y + y * box.height];
}

async function touch(
  page: Page,
  session: CDPSession,
  type: "touchStart" | "touchMove" | "touchEnd",
  ...points: [x: number, y: number][]
): Promise<void> {
  const places = await Promise.all(points.map(([x, y]) => pointOf(page, x, y)));
  await session.send("Input.dispatchTouchEvent", { type, touchPoints: places.map(([x, y]) => ({ x, y })) });
}

async function untilZoomed(page: Page): Promise<void> {
  await page.locator("#board[data-zoomed]").waitFor();
}

/** Waits until what was to be drawn is. */
async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}
