import { expect } from "chai";
import type { Entry } from "../../../../../handlers/chat/log/log.ts";
import { Follower } from "../../../../../handlers/chat/log/sqlite/follower.ts";
import type { Tail } from "../../../../../handlers/chat/log/sqlite/reader.ts";
import { untilTrue } from "../../../../support/until.ts";

describe("Follower", () => {
  it("reads again, when it could not read", async () => {
    const room = roomOf(3);
    let failures = 3;
    const read = (since: string | undefined, limit: number) => {
      if (failures-- > 0) throw new Error("The disk is gone");
      return room.tail(since, limit);
    };
    const heard: string[] = [];
    const follower = new Follower(read, "1", (entries) => heard.push(...entries.map(({ id }) => id)));
    await untilTrue(() => heard.length === 2);
    follower.stop();
    expect(heard).to.deep.equal(["2", "3"]);
  });

  it("passes on what it is told of without a read, unless something before that is missing", async () => {
    const room = roomOf(2);
    let reads = 0;
    const read = (since: string | undefined, limit: number) => {
      reads += 1;
      return room.tail(since, limit);
    };
    const heard: string[] = [];
    const follower = new Follower(read, "1", (entries) => heard.push(...entries.map(({ id }) => id)));
    await untilTrue(() => heard.length === 1);
    follower.hear({ room: "room", first: 2, entries: room.add(0) });
    for (let round = 0; round < 5; round += 1) {
      const first = room.entries.length + 1;
      follower.hear({ room: "room", first, entries: room.add(2) });
    }
    expect(heard).to.have.length(11);
    expect(reads).to.equal(1);
    room.add(1);
    follower.hear({ room: "room", first: 14, entries: room.add(1) });
    await untilTrue(() => heard.length === 13);
    expect(reads).to.equal(2);
    expect(heard).to.deep.equal(Array.from({ length: 13 }, (_, index) => String(index + 2)));
    follower.stop();
  });
});

/** A room with so many entries, in memory; their numbers are their ids. */
function roomOf(count: number) {
  const entries: Entry[] = [];
  const room = {
    entries,
    add(more: number): Entry[] {
      const added = Array.from({ length: more }, (_, index) => {
        const id = String(entries.length + index + 1);
        return { id, nick: "ann", ref: id, text: id, time: 0 };
      });
      entries.push(...added);
      return added;
    },
    tail(since: string | undefined, limit: number): Tail {
      const from = Number(since ?? 0);
      const tail = entries.slice(from, from + limit);
      return { position: from + tail.length, entries: tail };
    },
  };
  room.add(count);
  return room;
}
