import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import { GroupCommit } from "../../../../handlers/chat/log/group-commit.ts";
import { deferred } from "../../../support/deferred.ts";
import { rejection } from "../../../support/rejection.ts";

describe("GroupCommit", () => {
  it("commits what comes in one turn of the event loop together, and gives each its own result", async () => {
    const groups: (readonly number[])[] = [];
    const commits = new GroupCommit<number, number>(async (items) => {
      groups.push(items);
      return items.map((item) => item * 10);
    });
    const first = [commits.add(1), commits.add(2)];
    await Promise.resolve();
    expect(await Promise.all([...first, commits.add(3)])).to.deep.equal([10, 20, 30]);
    expect(await commits.add(4)).to.equal(40);
    expect(groups).to.deep.equal([[1, 2, 3], [4]]);
  });

  it("collects what comes while a commit is under way", async () => {
    const groups: (readonly number[])[] = [];
    const gate = deferred();
    const commits = new GroupCommit<number, number>(async (items) => {
      groups.push(items);
      await gate.promise;
      return items;
    });
    const adding = [commits.add(1)];
    await nextTurn();
    adding.push(commits.add(2));
    await nextTurn();
    adding.push(commits.add(3));
    gate.resolve();
    await Promise.all(adding);
    expect(groups).to.deep.equal([[1], [2, 3]]);
  });

  it("bounds a group, and keeps the order", async () => {
    const groups: (readonly number[])[] = [];
    const commits = new GroupCommit<number, number>(async (items) => {
      groups.push(items);
      return items;
    });
    const items = Array.from({ length: 1201 }, (_, index) => index);
    expect(await Promise.all(items.map((item) => commits.add(item)))).to.deep.equal(items);
    expect(groups.map(({ length }) => length)).to.deep.equal([500, 500, 201]);
    expect(groups.flat()).to.deep.equal(items);
  });

  it("rejects a group as its commit did, and goes on", async () => {
    let failure: Error | undefined = new Error("The disk is full");
    const commits = new GroupCommit<number, number>(async (items) => {
      if (failure) throw failure;
      return items;
    });
    const adding = [commits.add(1), commits.add(2)];
    const idle = commits.idle();
    for (const one of adding) expect(await rejection(one)).to.equal(failure);
    await idle;
    failure = undefined;
    expect(await commits.add(3)).to.equal(3);
  });
});
