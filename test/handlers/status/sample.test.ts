import { expect } from "chai";
import { type Moment, sampleBetween } from "../../../handlers/status/sample.ts";
import type { ViewStats } from "../../../middleware/index.ts";
import { statsOf } from "../../support/stats.ts";
import { sampleAt } from "../../support/status-samples.ts";

const MOMENT: Moment = { time: 7, delayP50: 1, delayP99: 2, rss: 300, heap: 100 };

function view(view: string, connections: number, received: number, sent: number): ViewStats {
  return {
    view,
    connections,
    received: { messages: received, bytes: received * 10 },
    sent: { messages: sent, bytes: sent * 100 },
  };
}

describe("sampleBetween", () => {
  it("is all zero where nothing has happened, but for the moment", () => {
    expect(sampleBetween(statsOf(), statsOf(), 1, MOMENT)).to.deep.equal(sampleAt(7, MOMENT));
  });

  it("tells what passed on all views together, a second", () => {
    const before = statsOf({ views: [view("/a/", 1, 5, 50)] });
    const after = statsOf({ views: [view("/a/", 2, 7, 60), view("/b/", 3, 2, 10)] });
    expect(sampleBetween(before, after, 2, MOMENT)).to.include({
      messagesIn: 2,
      bytesIn: 20,
      messagesOut: 10,
      bytesOut: 1000,
    });
  });

  it("tells the open connections of each view that has any", () => {
    const after = statsOf({ views: [view("/a/", 2, 0, 0), view("/b/", 0, 0, 0)] });
    expect(sampleBetween(statsOf(), after, 1, MOMENT).views).to.deep.equal({ "/a/": 2 });
  });

  it("tells completed handshakes from those that came to nothing", () => {
    const before = statsOf({ handshakes: { 101: 10, 403: 1 }, aborted: 2 });
    const after = statsOf({ handshakes: { 101: 30, 403: 4, 503: 2 }, aborted: 3 });
    expect(sampleBetween(before, after, 2, MOMENT)).to.include({ handshakes: 10, refused: 3 });
  });

  it("counts those that have closed meanwhile, by their code, however long it took", () => {
    const before = statsOf({ closes: { 1000: 5, 1006: 1 } });
    const after = statsOf({ closes: { 1000: 9, 1001: 3, 1006: 1 } });
    expect(sampleBetween(before, after, 2, MOMENT).closes).to.deep.equal({ 1000: 4, 1001: 3 });
  });

  it("is of hundredths", () => {
    const after = statsOf({ handshakes: { 101: 1 } });
    const moment = { ...MOMENT, delayP50: 0.0149, delayP99: 1.0051 };
    expect(sampleBetween(statsOf(), after, 3, moment)).to.include({
      handshakes: 0.33,
      delayP50: 0.01,
      delayP99: 1.01,
    });
  });

  it("takes paused and slow connections as they are", () => {
    const stats = statsOf({ paused: 3, slow: 4 });
    expect(sampleBetween(stats, stats, 1, MOMENT)).to.include({ paused: 3, slow: 4 });
  });
});
