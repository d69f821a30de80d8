import { expect } from "chai";
import type { Entry, Log } from "../../../../handlers/chat/log/log.ts";
import { untilTrue } from "../../../support/until.ts";
import { type LogUse, say, sayMany, texts } from "./use-log.ts";

export function describeFollowing({ open }: LogUse): void {
  describe("follow", () => {
    it("hears what is appended, once and in order", async () => {
      const log = await open();
      const ear = follow(log);
      const entries = await sayMany(log, "room", 1000);
      await ear.hears(1000);
      expect(ear.heard).to.deep.equal(entries);
    });

    it("hears what is behind an entry already, before what comes", async () => {
      const log = await open();
      const entries = await sayMany(log, "room", 700);
      const ear = follow(log, entries[99]?.id);
      entries.push(await say(log, "room", "new"));
      await ear.hears(601);
      expect(ear.heard).to.deep.equal(entries.slice(100));
    });

    it("hears each entry once, wherever it begins while others are appended", async () => {
      const log = await open();
      const ears = [follow(log)];
      const appending = [];
      for (let round = 0; round < 20; round += 1) {
        const said = await say(log, "room", `since ${round}`);
        appending.push(sayMany(log, "room", 50, `author ${round}`));
        ears.push(follow(log, said.id));
      }
      await Promise.all(appending);
      const { entries } = await log.read("room", { limit: 2000 });
      expect(entries).to.have.length(1020);
      for (const [index, ear] of ears.entries()) {
        const from = index === 0 ? 0 : entries.findIndex(({ text }) => text === `since ${index - 1}`) + 1;
        await ear.hears(1020 - from);
        expect(texts(ear.heard)).to.deep.equal(texts(entries.slice(from)));
      }
    });

    it("hears everything, if the entry where it is to begin never was", async () => {
      const log = await open();
      await sayMany(log, "room", 3);
      const ears = [follow(log, "nonsense"), follow(log, (await say(log, "another room", "x")).id)];
      for (const ear of ears) {
        await ear.hears(3);
        expect(texts(ear.heard)).to.deep.equal(["1", "2", "3"]);
      }
    });

    it("does not call before it has returned, nor without entries", async () => {
      const log = await open();
      const { id } = await say(log, "room", "1");
      const calls: number[] = [];
      let returned = false;
      const stop = log.follow("room", undefined, (entries) => {
        expect(returned).to.equal(true);
        calls.push(entries.length);
      });
      log.follow("room", id, (entries) => calls.push(entries.length));
      returned = true;
      await untilTrue(() => calls.length > 0);
      log.look("room");
      await say(log, "another room", "2");
      await say(log, "room", "2");
      await untilTrue(() => calls.length === 3);
      expect(calls).to.deep.equal([1, 1, 1]);
      stop();
    });

    it("hears nothing any more once it is stopped, from within too", async () => {
      const log = await open();
      const [stopped, other] = [follow(log), follow(log)];
      const heard: string[] = [];
      const stop = log.follow("room", undefined, (entries) => {
        heard.push(...texts(entries));
        stop();
      });
      await say(log, "room", "1");
      await Promise.all([stopped.hears(1), other.hears(1), untilTrue(() => heard.length > 0)]);
      stopped.stop();
      stopped.stop();
      await say(log, "room", "2");
      await other.hears(2);
      expect(texts(stopped.heard)).to.deep.equal(["1"]);
      expect(heard).to.deep.equal(["1"]);
    });

    it("hears what another log of the same data appends, when told to look", async () => {
      const [log, elsewhere] = [await open(), await open()];
      const ear = follow(log);
      await sayMany(elsewhere, "room", 300);
      log.look("room");
      await ear.hears(300);
      log.look("room");
      log.look("room that nobody follows");
      await say(log, "room", "own");
      await ear.hears(301);
      const { entries } = await elsewhere.read("room", { limit: 400 });
      expect(ear.heard).to.deep.equal(entries);
    });

    it("hears what another log appends together with what its own appends behind it", async () => {
      const [log, elsewhere] = [await open(), await open()];
      const ear = follow(log);
      await say(log, "room", "own");
      await ear.hears(1);
      await say(elsewhere, "room", "another's");
      await say(log, "room", "own again");
      await ear.hears(3);
      expect(texts(ear.heard)).to.deep.equal(["own", "another's", "own again"]);
    });
  });
}

function follow(log: Log, since?: string) {
  const heard: Entry[] = [];
  const stop = log.follow("room", since, (entries) => heard.push(...entries));
  return { heard, stop, hears: (count: number) => untilTrue(() => heard.length >= count) };
}
