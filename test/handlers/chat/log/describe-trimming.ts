import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import type { Log } from "../../../../handlers/chat/log/log.ts";
import { SHORT } from "../../../support/timeouts.ts";
import { type LogUse, say, sayMany, texts } from "./use-log.ts";

export function describeTrimming({ open }: LogUse): void {
  describe("trimming", () => {
    it("keeps the newest entries of each room, so many as it is to", async () => {
      const log = await open({ maxEntries: 5, trimInterval: SHORT });
      await Promise.all([sayMany(log, "room", 12), sayMany(log, "small room", 5)]);
      await untilLeft(log, "room", 5);
      expect(texts((await log.read("room", { limit: 99 })).entries)).to.deep.equal([
        "8",
        "9",
        "10",
        "11",
        "12",
      ]);
      expect((await log.read("small room", { limit: 99 })).entries).to.have.length(5);
    });

    it("keeps no entry for longer than it is to", async () => {
      let time = 1000;
      const log = await open({ maxAge: 100, trimInterval: SHORT, now: () => time });
      await sayMany(log, "room", 3);
      time = 1060;
      await say(log, "room", "later");
      time = 1120;
      await untilLeft(log, "room", 1);
      expect(texts((await log.read("room", { limit: 99 })).entries)).to.deep.equal(["later"]);
    });

    it("says that there is a gap where entries that were asked for are trimmed", async () => {
      const log = await open({ maxEntries: 3, trimInterval: SHORT });
      const ids = (await sayMany(log, "room", 6)).map(({ id }) => id);
      await untilLeft(log, "room", 3);
      const gapSince = async (index: number) => (await log.read("room", { since: ids[index], limit: 9 })).gap;
      expect(await Promise.all([0, 1, 2, 3, 5].map(gapSince))).to.deep.equal([
        true,
        true,
        false,
        false,
        false,
      ]);
      const trimmed = await log.read("room", { since: ids[0], limit: 2 });
      expect(texts(trimmed.entries)).to.deep.equal(["4", "5"]);
      expect((await log.read("room", { limit: 9 })).gap).to.equal(false);
    });

    it("says before an entry that there is a gap if fewer than were asked for are left", async () => {
      const log = await open({ maxEntries: 3, trimInterval: SHORT });
      const ids = (await sayMany(log, "room", 6)).map(({ id }) => id);
      await untilLeft(log, "room", 3);
      const readBefore = (index: number, limit: number) => log.read("room", { before: ids[index], limit });
      expect((await readBefore(5, 2)).gap).to.equal(false);
      expect((await readBefore(5, 3)).gap).to.equal(true);
      expect(await readBefore(1, 3)).to.deep.equal({ entries: [], gap: true });
      expect(await readBefore(0, 3)).to.deep.equal({ entries: [], gap: false });
    });

    it("goes on where it was, when nothing of a room is left, after a restart too", async () => {
      let time = 1000;
      const old = await open({ maxAge: 10, trimInterval: SHORT, now: () => time });
      const ids = (await sayMany(old, "room", 2)).map(({ id }) => id);
      time = 2000;
      await untilLeft(old, "room", 0);
      expect(await old.latestRooms(9)).to.deep.equal([]);
      await old.close();
      const log = await open({ now: () => 500 });
      expect(await log.read("room", { since: ids[0], limit: 9 })).to.deep.equal({ entries: [], gap: true });
      expect(await log.read("room", { since: ids[1], limit: 9 })).to.deep.equal({ entries: [], gap: false });
      const entry = await say(log, "room", "new");
      expect(ids).not.to.include(entry.id);
      expect(entry.time).to.equal(1000);
      const { entries, gap } = await log.read("room", { since: ids[1], limit: 9 });
      expect([texts(entries), gap]).to.deep.equal([["new"], false]);
    });

    it("trims many while others append", async () => {
      const log = await open({ maxEntries: 10, trimInterval: 1 });
      const heard: string[] = [];
      log.follow("room", undefined, (entries) => heard.push(...texts(entries)));
      await sayMany(log, "room", 3000);
      await untilLeft(log, "room", 10);
      expect(heard.at(-1)).to.equal("3000");
      expect(texts((await log.read("room", { limit: 1 })).entries)).to.deep.equal(["3000"]);
    });
  });
}

/** Waits until so many entries are left. */
async function untilLeft(log: Log, room: string, count: number): Promise<void> {
  while ((await log.read(room, { limit: 5000 })).entries.length !== count) await nextTurn();
}
