import { PassThrough } from "node:stream";
import { expect } from "chai";
import { forecast } from "../../../commands/testecho/forecast.ts";
import { isNews, type News, replay, reporter } from "../../../commands/testecho/news.ts";
import type { Observer } from "../../../commands/testecho/observer.ts";
import { progress } from "../../../commands/testecho/progress.ts";
import { report } from "../../../commands/testecho/report.ts";
import { scoreboard } from "../../../commands/testecho/scoreboard.ts";
import { createTally, type Tally } from "../../../commands/testecho/tally.ts";
import { deferred } from "../../support/deferred.ts";

const CLIENTS = 1000;

/** What an observer of a thousand clients hears: half of them complete. */
function happen(observer: Observer): void {
  for (let i = 0; i < CLIENTS; i++) {
    observer.opened(i / 7);
    observer.echoed(i / 3);
    if (i % 5 === 0) {
      observer.closed();
      observer.returned();
      observer.opened(i / 5);
    }
    if (i % 2 === 0) observer.completed();
    observer.closed();
    if (i % 2 === 1) observer.failed(i % 3 === 0 ? "connection lost" : "no answer in time");
  }
}

function newScoreboard(): { tally: Tally; board: Observer; output: PassThrough } {
  const tally = createTally(CLIENTS);
  const output = new PassThrough({ encoding: "utf8", highWaterMark: 1024 ** 2 });
  return { tally, board: scoreboard(tally, progress(output, tally, forecast(tally, 0, 0))), output };
}

/** What another process gets of a message. */
function transfer(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message));
}

describe("news", () => {
  it("let an observer elsewhere count, show and tell the very same", async () => {
    const here = newScoreboard();
    happen(here.board);
    const there = newScoreboard();
    const reports = reporter(async (news) => {
      const message = transfer(news);
      if (isNews(message)) replay(message, there.board);
    });
    happen(reports);
    await reports.flush();
    expect(there.output.read()).to.equal(here.output.read());
    expect(report(there.tally, 0)).to.equal(report(here.tally, 0));
    expect(there.tally).to.include({ connected: CLIENTS, completed: CLIENTS / 2, open: 0 });
  });

  it("are one message for many things", async () => {
    const sent: News[] = [];
    const reports = reporter(async (news) => {
      sent.push(news);
    });
    reports.opened(1);
    reports.closed();
    await reports.flush();
    await reports.flush();
    expect(sent).to.deep.equal([[["opened", 1], ["closed"]]]);
  });

  it("are sent by themselves after a while", async () => {
    const sent = deferred<News>();
    reporter(async (news) => sent.resolve(news)).failed("connection lost");
    expect(await sent.promise).to.deep.equal([["failed", "connection lost"]]);
  });
});

describe("isNews", () => {
  it("tells news from what else a process may say", () => {
    expect(
      isNews([["opened", 1], ["echoed", 2], ["completed"], ["closed"], ["returned"], ["failed", "x"]]),
    ).to.equal(true);
    for (const message of [
      "ready",
      null,
      [null],
      [["opened"]],
      [["echoed", "1"]],
      [["failed"]],
      [["left"]],
    ]) {
      expect(isNews(message), JSON.stringify(message)).to.equal(false);
    }
  });
});
