import { expect } from "chai";
import type { Entry } from "../../../../handlers/chat/log/log.ts";
import { untilTrue } from "../../../support/until.ts";
import { kept, type LogUse, say, sayMany } from "./use-log.ts";

/** How many entries a process has kept, at least, when it is killed. */
const BEFORE_KILL = 300;

export function describeProcesses({ open, startWriter }: LogUse): void {
  describe("several processes", () => {
    it("append to one room at once, in one order", async () => {
      const log = await open();
      const writers = ["bob", "cas"].map((author) => startWriter("room", author, 300));
      await Promise.all(writers.map(({ said }) => said(/\n/)));
      const heard: Entry[] = [];
      log.follow("room", undefined, (entries) => heard.push(...entries));
      const own = await sayMany(log, "room", 300);
      const outcomes = await Promise.all(writers.map(({ outcome }) => outcome));
      expect(outcomes.map(({ code, stderr }) => [code, stderr])).to.deep.equal([
        [0, ""],
        [0, ""],
      ]);
      const last = await say(log, "room", "last");
      const { entries } = await log.read("room", { limit: 1000 });
      expect(entries).to.have.length(901);
      const acknowledged = [
        own.map(({ id }) => id),
        ...outcomes.map(({ stdout }) => [...kept(stdout).values()]),
      ];
      expect(new Set(acknowledged.flat().concat(last.id))).to.deep.equal(
        new Set(entries.map(({ id }) => id)),
      );
      await untilTrue(() => heard.length >= entries.length);
      expect(heard).to.deep.equal(entries);
      const times = entries.map(({ time }) => time);
      expect(times).to.deep.equal(times.toSorted((a, b) => a - b));
    });

    it("get one id for one author and ref", async () => {
      // Nobody has opened the log before: they make it together.
      const writers = Array.from({ length: 3 }, () => startWriter("room", "ann", 200));
      const outcomes = await Promise.all(writers.map(({ outcome }) => outcome));
      expect(outcomes.map(({ stderr }) => stderr)).to.deep.equal(["", "", ""]);
      const [one, ...others] = outcomes.map(({ stdout }) => kept(stdout));
      expect(one).to.have.property("size", 200);
      for (const other of others) expect(other).to.deep.equal(one);
      const log = await open();
      const { entries } = await log.read("room", { limit: 1000 });
      expect(new Map(entries.map(({ ref, id }) => [ref, id]))).to.deep.equal(one);
      expect(entries).to.have.length(200);
    });

    it("find all that one had kept that was killed, none of it twice", async () => {
      const rounds = 3;
      for (let round = 1; round <= rounds; round += 1) {
        const writer = startWriter("room", "ann", 1e9);
        await writer.said(new RegExp(`^(.*\n){${round * BEFORE_KILL}}`));
        writer.process.kill("SIGKILL");
        const acknowledged = kept((await writer.outcome).stdout);
        const log = await open();
        const { entries } = await log.read("room", { limit: 1e6 });
        const found = new Map(entries.map(({ ref, id }) => [ref, id]));
        expect(found.size, "refs").to.equal(entries.length);
        for (const [ref, id] of acknowledged) expect(found.get(ref), `round ${round}, ${ref}`).to.equal(id);
        // What was kept without an answer is not said twice either.
        const last = entries.at(-1);
        expect((await say(log, "room", last?.ref ?? "")).id).to.equal(last?.id);
        await log.close();
      }
    });
  });
}
