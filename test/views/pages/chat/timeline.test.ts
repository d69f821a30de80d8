import { expect } from "chai";
import type { ChatMessage } from "../../../../handlers/chat/protocol.ts";
import { createTimeline, isMessage } from "../../../../views/pages/chat/room/timeline.ts";

describe("createTimeline", () => {
  const message = (id: string): ChatMessage => {
    return { type: "message", id, ref: `r${id}`, nick: "Ann", text: id, time: "2026-11-26T10:00:00.000Z" };
  };
  const messages = (...ids: string[]) => ids.map(message);

  function filled(...ids: string[]) {
    const timeline = createTimeline();
    for (const one of messages(...ids)) timeline.append(one);
    return timeline;
  }

  const idsOf = ({ entries }: ReturnType<typeof createTimeline>) =>
    entries.map((entry) => (isMessage(entry) ? entry.id : entry.type));

  it("is empty at first", () => {
    const { entries, first, last } = createTimeline();
    expect({ entries, first, last }).to.deep.equal({ entries: [], first: undefined, last: undefined });
  });

  it("keeps the order in which messages come, whatever their ids", () => {
    const timeline = filled("9", "10", "1");
    expect(idsOf(timeline)).to.deep.equal(["9", "10", "1"]);
    expect(timeline.first).to.equal("9");
    expect(timeline.last).to.equal("1");
  });

  it("takes a message once", () => {
    const timeline = filled("1", "2");
    expect(timeline.append(message("1"))).to.equal(false);
    expect(idsOf(timeline)).to.deep.equal(["1", "2"]);
    expect(timeline.last).to.equal("2");
  });

  it("has a line for what is no longer kept, where it is missing", () => {
    const timeline = filled("1");
    timeline.append({ type: "gap" });
    timeline.append(message("7"));
    expect(idsOf(timeline)).to.deep.equal(["1", "gap", "7"]);
    expect(timeline.last).to.equal("7");
  });

  it("puts older messages first, without those that it has", () => {
    const timeline = filled("3", "4");
    expect(timeline.prepend(messages("1", "2", "3"))).to.deep.equal(messages("1", "2"));
    expect(idsOf(timeline)).to.deep.equal(["1", "2", "3", "4"]);
    expect(timeline.first).to.equal("1");
    expect(timeline.last).to.equal("4");
  });

  it("forgets the oldest, and takes them again as older ones", () => {
    const timeline = filled("1", "2", "3");
    expect(timeline.keepLatest(1)).to.equal(2);
    expect(timeline.keepLatest(1)).to.equal(0);
    expect(timeline.first).to.equal("3");
    expect(timeline.prepend(messages("1", "2"))).to.have.length(2);
    expect(idsOf(timeline)).to.deep.equal(["1", "2", "3"]);
  });

  it("knows the latest message even when it shows none", () => {
    const timeline = filled("1", "2");
    timeline.keepLatest(0);
    expect(timeline.last).to.equal("2");
    expect(timeline.first).to.equal(undefined);
  });
});
