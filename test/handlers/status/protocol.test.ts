import { expect } from "chai";
import {
  connectionsOf,
  type Frame,
  formatFrame,
  isReport,
  parseFrame,
  rssPerConnection,
  type Sample,
  sumOf,
} from "../../../handlers/status/protocol.ts";
import { sampleAt } from "../../support/status-samples.ts";

const PROCESS = { id: "a1", machine: "web-1", pid: 4711 };

describe("the wire format of the status page", () => {
  it("gives back what it was given", () => {
    const frames: Frame[] = [
      { type: "welcome", process: "a1", kept: 600 },
      { type: "reports", reports: [] },
      { type: "reports", reports: [{ process: PROCESS, samples: [sampleAt(1), sampleAt(2)] }] },
    ];
    for (const frame of frames) expect(parseFrame(formatFrame(frame))).to.deep.equal(frame);
  });

  it("passes over what it does not know", () => {
    const foreign = [
      "",
      "[]",
      "null",
      '{"type":"alarm"}',
      '{"type":"welcome"}',
      '{"type":"welcome","process":"a1","kept":-1}',
      '{"type":"reports"}',
      '{"type":"reports","reports":[{}]}',
    ];
    for (const text of foreign) expect(parseFrame(text), text).to.equal(undefined);
  });

  it("knows a report by all of its fields", () => {
    expect(isReport({ process: PROCESS, samples: [sampleAt(1)] })).to.equal(true);
    expect(isReport({ process: { ...PROCESS, pid: "4711" }, samples: [] })).to.equal(false);
    expect(isReport({ process: PROCESS, samples: {} })).to.equal(false);
    for (const name of Object.keys(sampleAt(1))) {
      const sample = { ...sampleAt(1), [name]: null };
      expect(isReport({ process: PROCESS, samples: [sample] }), name).to.equal(false);
    }
    expect(isReport({ process: PROCESS, samples: [sampleAt(1, { views: { "/": -1 } })] })).to.equal(false);
  });

  it("adds up what several processes had, but for how late their event loops were", () => {
    const one = sampleAt(7, { messagesIn: 10, rss: 100, delayP99: 3, views: { "/a/": 1, "/b/": 2 } });
    const other = sampleAt(7, {
      messagesIn: 5,
      rss: 50,
      delayP99: 8,
      views: { "/b/": 3 },
      closes: { 1000: 4 },
    });
    const sum: Sample = sampleAt(7, {
      messagesIn: 15,
      rss: 150,
      delayP99: 8,
      views: { "/a/": 1, "/b/": 5 },
      closes: { 1000: 4 },
    });
    expect(sumOf([one, other])).to.deep.equal(sum);
    expect(sumOf([one])).to.deep.equal(one);
    expect(sumOf([])).to.equal(undefined);
  });

  it("tells how much memory a connection takes", () => {
    const sample = sampleAt(1, { rss: 3000, views: { "/a/": 1, "/b/": 2 } });
    expect(connectionsOf(sample)).to.equal(3);
    expect(rssPerConnection(sample)).to.equal(1000);
    expect(rssPerConnection(sampleAt(1))).to.equal(undefined);
  });
});
