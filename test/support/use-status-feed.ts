import express from "express";
import type { Page } from "playwright-core";
import { type Frame, formatFrame, KEPT, type Report } from "../../handlers/status/protocol.ts";
import { type Connection, websocket } from "../../middleware/index.ts";
import { page, pages } from "../../views/pages.ts";
import { listen, type TestServer } from "./server.ts";

/** The status page, and a feed that tells what a test says. */
export interface StatusFeed {
  readonly url: string;
  /** Tells all viewers, and those to come. */
  tell(frame: Frame): Promise<void>;
  /** Closes all connections, and takes none. */
  stop(): Promise<void>;
  /** Takes connections again, at the same port. */
  start(): Promise<void>;
}

/** Opens the page of a feed that has told these reports, and waits until its charts are drawn. */
export async function openStatusPage(
  openPage: () => Promise<Page>,
  feed: StatusFeed,
  reports: readonly Report[],
): Promise<Page> {
  await feed.tell({ type: "welcome", process: "a", kept: KEPT });
  await feed.tell({ type: "reports", reports });
  const page = await openPage();
  await page.goto(feed.url);
  await page.locator("#connection").getByText("Live", { exact: true }).waitFor();
  await page.locator("#cost .legend dd").first().waitFor();
  return page;
}

/** Gives each of a suite's tests a status page of its own, whose server has told nothing yet. */
export function useStatusFeed(): () => StatusFeed {
  let told: string[] = [];
  let viewers = new Set<Connection>();
  let server: TestServer | undefined;
  let port = 0;

  const app = express();
  app.use("/pages", pages());
  app.get("/status/", page("status"));
  app.get(
    "/status/feed/",
    websocket(async (ws) => {
      viewers.add(ws);
      for (const frame of told) await ws.send(frame);
      await ws.closed;
      viewers.delete(ws);
    }),
  );

  async function start(): Promise<void> {
    server = await listen(app, port);
    port = server.port;
  }

  async function stop(): Promise<void> {
    await server?.close();
    server = undefined;
  }

  beforeEach(() => {
    told = [];
    viewers = new Set();
    port = 0;
    return start();
  });

  afterEach(stop);

  return function feed() {
    return {
      url: `http://localhost:${port}/status/`,
      async tell(frame) {
        const text = formatFrame(frame);
        told.push(text);
        for (const viewer of viewers) await viewer.send(text);
      },
      stop,
      start,
    };
  };
}
