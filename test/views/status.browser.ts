import { expect } from "chai";
import type { Page } from "playwright-core";
import { openRecording } from "../support/recording-client.ts";
import { descriptionOf, untilFigure, untilValue } from "../support/status-page.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useServer } from "../support/use-server.ts";

describe("the status page", () => {
  const openPage = useBrowser();
  const server = useServer();

  async function open(): Promise<Page> {
    const page = await openPage();
    await page.goto(`${server().url}/status/`);
    return page;
  }

  function openClients(count: number) {
    return Promise.all(Array.from({ length: count }, () => openRecording(`${server().wsUrl}/test/ws/`)));
  }

  it("counts the connections of each view, and of all, its own too", async () => {
    const page = await open();
    await untilFigure(page, "connections", "1");
    const clients = await openClients(30);
    await untilValue(page, "connections", "/test/ws/", "30");
    await untilValue(page, "connections", "/status/feed/", "1");
    await untilValue(page, "connections", "all", "31");
    await untilFigure(page, "connections", "31");
    for (const { ws } of clients.slice(10)) ws.close(1000);
    await untilValue(page, "connections", "/test/ws/", "10");
    await untilFigure(page, "connections", "11");
  });

  it("shows to a visitor that comes late what happened before", async () => {
    const first = await open();
    const clients = await openClients(5);
    await untilValue(first, "connections", "/test/ws/", "5");
    for (const { ws } of clients) ws.close(1000);
    await untilValue(first, "connections", "/test/ws/", "0");
    const page = await open();
    await untilValue(page, "connections", "/test/ws/", "0");
    expect(await descriptionOf(page, "connections")).to.contain("/test/ws/ 0, at most 5");
    expect(await descriptionOf(page, "handshakes")).to.match(/accepted \S+\s\/s, at most [1-9]/);
    expect(await descriptionOf(page, "messages")).to.match(/out \S+\s\/s, at most [1-9]/);
    expect(await descriptionOf(page, "closes")).to.match(/1000 \S+\s\/s, at most [1-9]/);
  });
});
