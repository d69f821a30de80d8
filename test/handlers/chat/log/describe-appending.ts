import { expect } from "chai";
import { LogUnavailable } from "../../../../handlers/chat/log/log.ts";
import { rejection } from "../../../support/rejection.ts";
import { type LogUse, say, sayMany, texts } from "./use-log.ts";

const TEXTS = {
  "an empty text": "",
  emoji: "👩‍👩‍👧 🏳️‍🌈",
  "4,000 emoji": "😀".repeat(4000),
  "a NUL": "before\0after",
  "a right-to-left override": "\u202Eevil\u202C שלום",
  quotes: `'"\`; DROP TABLE entries; -- \\ \\' ""`,
  "line breaks": "\r\n\n\u2028\u2029",
  "half a surrogate pair": "\uD83D and \uDE00",
  "a byte order mark": "\uFEFFx",
  "what is not in its normal form": "e\u0301 ≠ é",
};

export function describeAppending({ open }: LogUse): void {
  describe("append", () => {
    it("gives what was appended, with an id and the time", async () => {
      const log = await open({ now: () => 1234 });
      const entry = await log.append("room", { nick: "Ann", author: "ann", ref: "r1", text: "Hello" });
      expect(entry).to.deep.equal({ id: entry.id, nick: "Ann", ref: "r1", text: "Hello", time: 1234 });
      expect(entry.id).to.match(/^[\w.-]+$/);
    });

    it("keeps the order in which it was called", async () => {
      const log = await open();
      await sayMany(log, "room", 1500);
      const { entries } = await log.read("room", { limit: 2000 });
      expect(texts(entries)).to.deep.equal(Array.from({ length: 1500 }, (_, index) => String(index + 1)));
      expect(new Set(entries.map(({ id }) => id)).size).to.equal(1500);
    });

    it("keeps rooms apart", async () => {
      const log = await open();
      await Promise.all([
        say(log, "one", "x"),
        say(log, "two", "y"),
        say(log, "one", "z"),
        say(log, "One", "1"),
      ]);
      expect(texts((await log.read("one", { limit: 9 })).entries)).to.deep.equal(["x", "z"]);
      expect(texts((await log.read("two", { limit: 9 })).entries)).to.deep.equal(["y"]);
      expect(texts((await log.read("One", { limit: 9 })).entries)).to.deep.equal(["1"]);
    });

    it("gives the entry that there is for the same room, author and ref, whatever the nick and text", async () => {
      const log = await open();
      const first = await log.append("room", { nick: "Ann", author: "ann", ref: "r", text: "one" });
      const again = await log.append("room", { nick: "ANN", author: "ann", ref: "r", text: "two" });
      expect(again).to.deep.equal(first);
      expect((await log.read("room", { limit: 9 })).entries).to.deep.equal([first]);
    });

    it("says once what is appended many times at once", async () => {
      const log = await open();
      const entries = await Promise.all(Array.from({ length: 50 }, () => say(log, "room", "once")));
      expect(new Set(entries.map(({ id }) => id)).size).to.equal(1);
      expect((await log.read("room", { limit: 9 })).entries).to.have.length(1);
    });

    it("knows a ref again after it was closed and opened", async () => {
      const before = await open();
      const entries = await sayMany(before, "room", 3);
      await before.close();
      const log = await open();
      expect(await sayMany(log, "room", 3)).to.deep.equal(entries);
      expect((await log.read("room", { limit: 9 })).entries).to.deep.equal(entries);
    });

    it("tells the same ref of another author, or in another room, apart", async () => {
      const log = await open();
      await Promise.all([say(log, "a", "x", "ann"), say(log, "a", "x", "bob"), say(log, "b", "x", "ann")]);
      expect((await log.read("a", { limit: 9 })).entries).to.have.length(2);
      expect((await log.read("b", { limit: 9 })).entries).to.have.length(1);
    });

    it("keeps refs as they are, and tells them apart by every character", async () => {
      const log = await open();
      const refs = ["x", "x\0", "x\0y", "X", "e\u0301", "\u00e9", "1", "1.0", " "];
      for (const ref of refs) await log.append("room", { nick: "Ann", author: "ann", ref, text: "Hello" });
      const { entries } = await log.read("room", { limit: 20 });
      expect(entries.map(({ ref }) => ref)).to.deep.equal(refs);
    });

    it("never lets a room's time go back", async () => {
      const times = [1000, 900, 1100];
      const log = await open({ now: () => times.shift() ?? 0 });
      for (const text of ["1", "2", "3"]) await say(log, "room", text);
      const { entries } = await log.read("room", { limit: 9 });
      expect(entries.map(({ time }) => time)).to.deep.equal([1000, 1000, 1100]);
    });

    for (const [what, text] of Object.entries(TEXTS)) {
      it(`keeps ${what} as it is`, async () => {
        const log = await open();
        const said = { nick: `n${text}`, ref: `r${text}`, text };
        const entry = await log.append(`room ${text}`, { ...said, author: `a${text}` });
        const { entries } = await log.read(`room ${text}`, { limit: 9 });
        expect(entries).to.deep.equal([{ ...said, id: entry.id, time: entry.time }]);
        const [room] = await log.latestRooms(9);
        expect(room).to.deep.equal({ room: `room ${text}`, time: entry.time });
      });
    }
  });

  describe("close", () => {
    it("waits for what is being appended", async () => {
      const before = await open();
      const appending = sayMany(before, "room", 1200);
      await before.close();
      const entries = await appending;
      const log = await open();
      expect((await log.read("room", { limit: 2000 })).entries).to.deep.equal(entries);
    });

    it("refuses whatever comes later", async () => {
      const log = await open();
      await log.close();
      await log.close();
      expect(await rejection(say(log, "room", "late"))).to.be.instanceOf(LogUnavailable);
      expect(await rejection(log.read("room", { limit: 1 }))).to.be.instanceOf(LogUnavailable);
      expect(await rejection(log.latestRooms(1))).to.be.instanceOf(LogUnavailable);
      log.follow("room", undefined, () => {})();
      log.look("room");
    });
  });
}
