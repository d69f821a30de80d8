import type { Page } from "playwright-core";

/** What a page has asked for, and what has gone wrong with it. */
export interface PageTraffic {
  /** The hosts of all requests, those of WebSockets too. */
  readonly hosts: Set<string>;
  /** What the console says as a warning or an error, and each request that failed, or was refused. */
  readonly complaints: string[];
}

/** Watches a page from before it is loaded. */
export function watchTraffic(page: Page): PageTraffic {
  const hosts = new Set<string>();
  const complaints: string[] = [];
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  page.on("websocket", (socket) => hosts.add(new URL(socket.url()).host));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (!response.ok()) complaints.push(`${response.url()}: ${response.status()}`);
  });
  page.on("console", (line) => {
    if (["warning", "error"].includes(line.type())) complaints.push(line.text());
  });
  return { hosts, complaints };
}
