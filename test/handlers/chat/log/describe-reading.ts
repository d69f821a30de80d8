import { expect } from "chai";
import { rejection } from "../../../support/rejection.ts";
import { type LogUse, say, sayMany, texts } from "./use-log.ts";

export function describeReading({ open }: LogUse): void {
  describe("read", () => {
    it("gives the newest entries, oldest first", async () => {
      const log = await open();
      await sayMany(log, "room", 5);
      const { entries, gap } = await log.read("room", { limit: 3 });
      expect(texts(entries)).to.deep.equal(["3", "4", "5"]);
      expect(gap).to.equal(false);
    });

    it("gives nothing of a room that nobody spoke in", async () => {
      const log = await open();
      expect(await log.read("room", { limit: 3 })).to.deep.equal({ entries: [], gap: false });
      expect(await log.read("room", { since: "1", limit: 3 })).to.deep.equal({ entries: [], gap: true });
      expect(await log.read("room", { before: "1", limit: 3 })).to.deep.equal({ entries: [], gap: true });
    });

    it("gives the oldest entries since one, so that one can read on", async () => {
      const log = await open();
      const [first] = await sayMany(log, "room", 6);
      const second = await log.read("room", { since: first?.id, limit: 3 });
      expect(texts(second.entries)).to.deep.equal(["2", "3", "4"]);
      const third = await log.read("room", { since: second.entries.at(-1)?.id, limit: 3 });
      expect(texts(third.entries)).to.deep.equal(["5", "6"]);
      const end = await log.read("room", { since: third.entries.at(-1)?.id, limit: 3 });
      expect(end).to.deep.equal({ entries: [], gap: false });
      expect([second.gap, third.gap]).to.deep.equal([false, false]);
    });

    it("gives the newest entries before one, so that one can read back", async () => {
      const log = await open();
      const entries = await sayMany(log, "room", 6);
      const last = await log.read("room", { before: entries.at(-1)?.id, limit: 3 });
      expect(texts(last.entries)).to.deep.equal(["3", "4", "5"]);
      const first = await log.read("room", { before: last.entries[0]?.id, limit: 3 });
      expect(texts(first.entries)).to.deep.equal(["1", "2"]);
      const end = await log.read("room", { before: first.entries[0]?.id, limit: 3 });
      expect(end).to.deep.equal({ entries: [], gap: false });
      expect([last.gap, first.gap]).to.deep.equal([false, false]);
    });

    it("says that there is a gap behind, and before, what never was an entry of the room", async () => {
      const log = await open();
      const [entry] = await sayMany(log, "room", 2);
      const foreign = await say(log, "another room", "1");
      const later = `${entry?.id.replace(/\d+$/, "")}999999`;
      for (const id of ["", "x", "0", "-1", "1e3", "'", "\0", "😀", "1".repeat(5000), foreign.id, later]) {
        const since = await log.read("room", { since: id, limit: 9 });
        expect(since.gap, `since ${id}`).to.equal(true);
        expect(texts(since.entries), `since ${id}`).to.deep.equal(["1", "2"]);
        const before = await log.read("room", { before: id, limit: 9 });
        expect(before, `before ${id}`).to.deep.equal({ entries: [], gap: true });
      }
    });

    it("rejects a range that is none with a TypeError", async () => {
      const log = await open();
      const { id } = await say(log, "room", "1");
      for (const range of [{ limit: 0 }, { limit: -1 }, { limit: 1.5 }, { limit: Number.NaN }]) {
        expect(await rejection(log.read("room", range))).to.be.instanceOf(TypeError);
        expect(await rejection(log.latestRooms(range.limit))).to.be.instanceOf(TypeError);
      }
      const both = log.read("room", { since: id, before: id, limit: 1 });
      expect(await rejection(both)).to.be.instanceOf(TypeError);
    });
  });

  describe("latestRooms", () => {
    it("gives the rooms in which was spoken last, latest first", async () => {
      let time = 1000;
      const log = await open({ now: () => ++time });
      for (const room of ["one", "two", "three", "two", "one"]) await say(log, room, String(time));
      expect(await log.latestRooms(2)).to.deep.equal([
        { room: "one", time: 1005 },
        { room: "two", time: 1004 },
      ]);
      expect(await log.latestRooms(9)).to.have.length(3);
    });

    it("gives none when nobody has spoken", async () => {
      expect(await (await open()).latestRooms(9)).to.deep.equal([]);
    });
  });
}
