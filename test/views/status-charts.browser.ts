import { expect } from "chai";
import { KEPT, type Report } from "../../handlers/status/protocol.ts";
import {
  CHARTS,
  descriptionOf,
  hide,
  painted,
  touch,
  untilFigure,
  untilFramesDrawn,
  untilMoment,
  untilValue,
} from "../support/status-page.ts";
import { CLIMB, NOW, report } from "../support/status-samples.ts";
import { useBrowser } from "../support/use-browser.ts";
import { openStatusPage, useStatusFeed } from "../support/use-status-feed.ts";

/** What parts a number from its unit. */
const SPACE = "\u202f";

const A = { id: "a", machine: "alpha", pid: 11 };
const B = { id: "b", machine: "alpha", pid: 12 };
const C = { id: "c", machine: "beta", pid: 13 };

describe("the charts of the status page", () => {
  const openPage = useBrowser();
  const feed = useStatusFeed();

  const open = (...reports: Report[]) => openStatusPage(openPage, feed(), reports);

  function tell(...reports: Report[]): Promise<void> {
    return feed().tell({ type: "reports", reports });
  }

  it("shows how things stand in large figures", async () => {
    const page = await open(CLIMB);
    await untilFigure(page, "connections", "11,981");
    await untilFigure(page, "handshakes", "20/s");
    await untilFigure(page, "messages", "15.0k/s");
    await untilFigure(page, "delay", "12.5ms");
    await untilFigure(page, "rss", "270MB");
    await untilFigure(page, "cost", "22.5kB");
  });

  it("gives each line of each chart its value in words", async () => {
    const page = await open(CLIMB);
    await untilValue(page, "connections", "/test/ws/", "11,980");
    await untilValue(page, "connections", "all", "11,981");
    await untilValue(page, "handshakes", "accepted", `20${SPACE}/s`);
    await untilValue(page, "messages", "out", `8.99${SPACE}k/s`);
    await untilValue(page, "bytes", "in", `59.9${SPACE}kB/s`);
    await untilValue(page, "delay", "p50", `1.25${SPACE}ms`);
    await untilValue(page, "memory", "heap", `30.0${SPACE}MB`);
    await untilValue(page, "behind", "paused", "4");
    await untilValue(page, "closes", "1000", `3${SPACE}/s`);
    expect(await descriptionOf(page, "messages")).to.equal(
      `Messages per second in the last ten minutes: in 5.99${SPACE}k/s, at most 5.99${SPACE}k/s; out 8.99${SPACE}k/s, at most 8.99${SPACE}k/s`,
    );
  });

  it("draws every chart", async () => {
    const page = await open(CLIMB);
    for (const chart of CHARTS) expect(await painted(page, chart), chart).to.be.above(0.01);
    expect(await painted(page, "connections")).to.be.above(0.25);
  });

  it("draws anew where colours change", async () => {
    const page = await open(CLIMB);
    const picture = () =>
      page.locator("#connections canvas").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const light = await picture();
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(
      (light) => document.querySelector<HTMLCanvasElement>("#connections canvas")?.toDataURL() !== light,
      light,
    );
  });

  it("goes on as samples come", async () => {
    const page = await open(report(A, 1, NOW));
    await untilFigure(page, "connections", "1");
    await tell(report(A, 10_000, NOW + 1));
    await untilFigure(page, "connections", "10,000");
    expect(await descriptionOf(page, "connections")).to.contain("/ 10.0");
  });

  it("reads all charts where a pointer is", async () => {
    const page = await open(CLIMB);
    await page.locator("#messages .u-over").hover();
    await untilMoment(page, "5 min ago");
    await untilValue(page, "connections", "/test/ws/", "5,980");
    await untilValue(page, "messages", "in", `2.99${SPACE}k/s`);
    expect(await page.locator("#moment").inputValue()).to.equal("-300");
    expect(await page.locator("#delay .u-cursor-x").isVisible()).to.equal(true);
    await page.locator("h1").hover();
    await untilMoment(page, "");
    await untilValue(page, "connections", "/test/ws/", "11,980");
  });

  it("reads all charts where a finger was, until the page is touched elsewhere", async () => {
    const page = await open(CLIMB);
    await touch(page, "#messages .u-over", 0.25, 0.5);
    await untilMoment(page, "5 min ago");
    await untilFramesDrawn(page);
    await untilMoment(page, "5 min ago");
    await touch(page, "h1", 0.5);
    await untilMoment(page, "");
  });

  it("reads all charts where keys move to", async () => {
    const page = await open(CLIMB);
    const slider = page.getByRole("slider", { name: "Moment at which the charts are read" });
    await slider.press("ArrowLeft");
    await untilMoment(page, "1 s ago");
    await untilValue(page, "connections", "/test/ws/", "11,960");
    expect(await slider.getAttribute("aria-valuetext")).to.equal("1 s ago");
    await slider.press("Home");
    await untilMoment(page, "10 min ago");
    await slider.press("End");
    await untilMoment(page, "");
  });

  it("shows a minute of the ten as well", async () => {
    const page = await open(CLIMB);
    await page.locator("#messages .u-over").hover();
    await untilMoment(page, "5 min ago");
    await page.getByRole("combobox", { name: "Period" }).selectOption("1 minute");
    await untilMoment(page, "");
    await page.locator("#bytes .u-over").hover();
    await untilMoment(page, "30 s ago");
    await untilValue(page, "connections", "/test/ws/", "11,380");
    await page.getByRole("slider").press("Home");
    await untilMoment(page, "1 min ago");
  });

  it("lets one choose between the sum, each machine and each process", async () => {
    const page = await open(report(A, 1, NOW), report(B, 20, NOW), report(C, 300, NOW));
    const chooser = page.getByRole("combobox", { name: "Show" });
    await untilFigure(page, "connections", "321");
    expect(await chooser.locator("option").allTextContents()).to.deep.equal([
      "All 3 processes on 2 machines",
      "all of alpha",
      "process 11, which serves this page",
      "process 12",
      "process 13",
    ]);
    await chooser.selectOption("all of alpha");
    await untilFigure(page, "connections", "21");
    await chooser.selectOption("process 12");
    await untilFigure(page, "connections", "20");
    await tell(report(A, 1, NOW + 1), report(B, 25, NOW + 1), report(C, 300, NOW + 1));
    await untilFigure(page, "connections", "25");
  });

  it("chooses with keys", async () => {
    const page = await open(report(A, 1, NOW), report(B, 20, NOW));
    const chooser = page.getByRole("combobox", { name: "Show" });
    await chooser.focus();
    await page.keyboard.press("ArrowDown");
    await untilFigure(page, "connections", "1");
  });

  it("keeps a process that has ended, and says so, for as long as its samples are shown", async () => {
    const page = await open(report(A, 1, NOW), report(B, 20, NOW));
    const chooser = page.getByRole("combobox", { name: "Show" });
    await chooser.selectOption("process 12");
    await tell(report(A, 1, NOW + 5));
    await chooser.locator("option", { hasText: "process 12, ended" }).waitFor({ state: "attached" });
    await untilFigure(page, "connections", "–");
    await tell(report(A, 1, NOW + KEPT + 1));
    await chooser.locator("option", { hasText: "process 12, ended" }).waitFor({ state: "detached" });
    await untilFigure(page, "connections", "1");
  });

  it("says that the connection is lost, and goes on when the server is back", async () => {
    const page = await open(report(A, 7, NOW));
    await feed().stop();
    await page.locator("#main[data-stale] #connection[data-state=closed]").waitFor();
    expect(await page.locator("#connection").textContent()).to.match(
      /^Connection lost\. Trying again in \d+ s\.$/,
    );
    await untilFigure(page, "connections", "7");
    await feed().start();
    await page.locator("#main:not([data-stale]) #connection[data-state=open]").waitFor();
    await tell(report(A, 8, NOW + 1));
    await untilFigure(page, "connections", "8");
  });

  it("draws nothing while nobody sees it, and all when it is seen again", async () => {
    const page = await openPage();
    const opening = page.waitForEvent("websocket");
    await page.goto(feed().url);
    await tell(report(A, 7, NOW));
    await untilFigure(page, "connections", "7");
    await hide(page, true);
    const arrival = (await opening).waitForEvent("framereceived");
    await tell(report(A, 8, NOW + 1));
    await arrival;
    await untilFramesDrawn(page);
    await untilFigure(page, "connections", "7");
    await hide(page, false);
    await untilFigure(page, "connections", "8");
  });

  it("passes over what a newer server may tell", async () => {
    const page = await open(report(A, 7, NOW));
    await feed().tell(JSON.parse('{"type":"weather"}'));
    await tell(report(A, 8, NOW + 1));
    await untilFigure(page, "connections", "8");
  });

  it("passes its query on to its feed", async () => {
    const page = await openPage();
    const opening = page.waitForEvent("websocket");
    await page.goto(`${feed().url}?token=a%26b`);
    expect((await opening).url()).to.equal(`${feed().url.replace(/^http/, "ws")}feed/?token=a%26b`);
  });
});
