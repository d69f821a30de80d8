import { expect } from "chai";
import type { Change, Entry, Outcome, Registry } from "../../../handlers/registry/registry.ts";
import { rejection } from "../../support/rejection.ts";
import { untilTrue } from "../../support/until.ts";

/** Makes ends of one registry, each of which counts as a process; those that are left are closed after the test. */
export type UseRegistry = () => { open(): Promise<Registry> };

/** A follower who takes down what it hears. */
export class Follower {
  readonly changes: Change[] = [];
  readonly ready: Promise<void>;
  readonly end: () => void;

  constructor(registry: Registry, group: string) {
    const { ready, end } = registry.follow(group, (change) => this.changes.push(change));
    this.ready = ready;
    this.end = end;
  }

  /** The names that are held, as far as it has heard, each with its holder. */
  get held(): Map<string, Entry> {
    const held = new Map<string, Entry>();
    for (const change of this.changes) {
      if (change.type === "all") {
        held.clear();
        for (const entry of change.entries) held.set(entry.name, entry);
      } else if (change.type === "entered") held.set(change.entry.name, change.entry);
      else held.delete(change.entry.name);
    }
    return held;
  }

  get names(): string[] {
    return [...this.held.keys()].sort();
  }

  /** What changed since it began, in words: `+ann`, `-ann`, `ann>ann`. */
  get story(): string[] {
    return this.changes.flatMap((change) => {
      if (change.type === "all") return [];
      if (change.type === "left") return [`-${change.entry.name}`];
      return [change.replaced ? `${change.replaced.name}>${change.entry.name}` : `+${change.entry.name}`];
    });
  }
}

/** The suite of the registry's contract. */
export function describeRegistry(name: string, use: UseRegistry): void {
  describe(`the registry of ${name}`, () => {
    const backend = use();
    let one: Registry;
    let two: Registry;

    beforeEach(async () => {
      one = await backend.open();
      two = await backend.open();
    });

    /** Waits until all ends have heard of all that was asked before. */
    async function settle(group: string, ...followers: Follower[]): Promise<void> {
      const marker = entryOf(await one.enter(group, `settled ${Math.random()}`));
      await untilTrue(() => followers.every(({ changes }) => changes.some((change) => isOf(change, marker))));
      one.leave(group, marker);
      await untilTrue(() => followers.every(({ held }) => !held.has(marker.name)));
    }

    async function follow(registry: Registry, group: string): Promise<Follower> {
      const follower = new Follower(registry, group);
      await follower.ready;
      return follower;
    }

    describe("a name", () => {
      it("is held once, whichever process asks", async () => {
        const entry = entryOf(await one.enter("tea", "ann", { card: "Ann" }));
        expect(entry).to.include({ name: "ann", card: "Ann" });
        expect(await one.enter("tea", "ann")).to.equal("taken");
        expect(await two.enter("tea", "ann")).to.equal("taken");
        entryOf(await two.enter("tea", "bob"));
        entryOf(await two.enter("coffee", "ann"));
      });

      it("is free again when it was given back", async () => {
        one.leave("tea", entryOf(await one.enter("tea", "ann")));
        await untilEntered(() => two.enter("tea", "ann"));
      });

      it("is not given back by who does not hold it any more", async () => {
        const old = entryOf(await one.enter("tea", "ann", { secret: "s" }));
        const entry = entryOf(await two.enter("tea", "ann", { secret: "s" }));
        one.leave("tea", old);
        one.leave("tea", old);
        const follower = await follow(one, "tea");
        await settle("tea", follower);
        expect(follower.held.get("ann")?.id).to.equal(entry.id);
      });

      it("may be any text", async () => {
        const names = ["", " ", "\u0000", "a:b{c}", "\u{1F600}", "__proto__", "x".repeat(300)];
        for (const name of names) entryOf(await one.enter("a b:{c}\u{1F600}", name, { card: name }));
        const follower = await follow(two, "a b:{c}\u{1F600}");
        expect(follower.names).to.deep.equal([...names].sort());
        for (const { name, card } of follower.held.values()) expect(card).to.equal(name);
      });

      it("goes to exactly one of many who ask at the same time", async () => {
        const ends = [one, two, await backend.open(), await backend.open()];
        const outcomes = await Promise.all(
          Array.from({ length: 40 }, (_, n) => ends[n % ends.length]?.enter("tea", "ann")),
        );
        expect(outcomes.filter((outcome) => outcome !== "taken")).to.have.lengthOf(1);
      });
    });

    describe("a secret", () => {
      it("takes a name from its holder, who is told", async () => {
        const told: string[] = [];
        const follower = await follow(two, "tea");
        const old = entryOf(
          await one.enter("tea", "ann", { secret: "s", card: "old", replaced: () => told.push("old") }),
        );
        const entry = entryOf(
          await two.enter("tea", "ann", { secret: "s", card: "new", replaced: () => told.push("new") }),
        );
        expect(entry.id).to.not.equal(old.id);
        await untilTrue(() => told.length > 0);
        await settle("tea", follower);
        expect(told).to.deep.equal(["old"]);
        expect(follower.held.get("ann")).to.deep.equal(entry);
        expect(follower.story.slice(0, 2)).to.deep.equal(["+ann", "ann>ann"]);
      });

      it("has to be the holder's", async () => {
        entryOf(await one.enter("tea", "ann", { secret: "s" }));
        entryOf(await one.enter("tea", "bob"));
        expect(await two.enter("tea", "ann", { secret: "t" })).to.equal("taken");
        expect(await two.enter("tea", "ann")).to.equal("taken");
        expect(await two.enter("tea", "bob", { secret: "s" })).to.equal("taken");
      });

      it("is heard by nobody", async () => {
        const follower = await follow(two, "tea");
        entryOf(await one.enter("tea", "ann", { secret: "swordfish" }));
        await settle("tea", follower);
        expect(JSON.stringify(follower.changes)).to.not.contain("swordfish");
      });
    });

    describe("a limit", () => {
      it("is never exceeded, however many come at the same time", async () => {
        const ends = [one, two, await backend.open()];
        const outcomes = await Promise.all(
          Array.from({ length: 60 }, (_, n) => ends[n % ends.length]?.enter("life", `${n}`, { limit: 10 })),
        );
        expect(outcomes.filter((outcome) => typeof outcome !== "string")).to.have.lengthOf(10);
        expect(outcomes.filter((outcome) => outcome === "full")).to.have.lengthOf(50);
        expect((await follow(two, "life")).held.size).to.equal(10);
      });

      it("counts neither who replaces a holder, nor what is kept", async () => {
        entryOf(await one.enter("life", "game", { kept: true }));
        entryOf(await one.enter("life", "ann", { secret: "s", limit: 1 }));
        entryOf(await two.enter("life", "ann", { secret: "s", limit: 1 }));
        expect(await two.enter("life", "bob", { limit: 1 })).to.equal("full");
      });

      it("lets another one in when one has left", async () => {
        const entry = entryOf(await one.enter("life", "ann", { limit: 1 }));
        expect(await two.enter("life", "bob", { limit: 1 })).to.equal("full");
        one.leave("life", entry);
        await untilEntered(() => two.enter("life", "bob", { limit: 1 }));
      });
    });

    describe("a follower", () => {
      it("hears of all who are there, then of each change", async () => {
        const ann = entryOf(await one.enter("tea", "ann", { card: "Ann" }));
        const follower = await follow(two, "tea");
        expect(follower.changes).to.deep.equal([{ type: "all", entries: [ann] }]);
        const bob = entryOf(await two.enter("tea", "bob"));
        one.leave("tea", ann);
        await untilTrue(() => follower.changes.length === 3);
        expect(follower.changes.slice(1)).to.deep.equal([
          { type: "entered", entry: bob },
          { type: "left", entry: ann },
        ]);
      });

      it("hears of its group alone, and of nothing once it has ended", async () => {
        const follower = await follow(one, "tea");
        const other = await follow(one, "coffee");
        const ended = await follow(one, "tea");
        ended.end();
        ended.end();
        entryOf(await two.enter("tea", "ann"));
        await settle("tea", follower);
        expect(follower.story[0]).to.equal("+ann");
        expect(other.story).to.deep.equal([]);
        expect(ended.story).to.deep.equal([]);
      });

      it("has heard of what it entered, or is about to", async () => {
        const follower = await follow(one, "tea");
        entryOf(await one.enter("tea", "ann"));
        await untilTrue(() => follower.held.has("ann"));
      });

      it("hears the same order as all others, whatever happens at the same time", async () => {
        const ends = [one, two, await backend.open()];
        const followers = await Promise.all(ends.map((end) => follow(end, "tea")));
        const names = ["a", "b", "c", "d"];
        async function churn(end: Registry, seed: number): Promise<void> {
          for (let n = 0; n < 25; n++) {
            const name = names[(n * 7 + seed) % names.length] ?? "";
            const outcome = await end.enter("tea", name, { secret: "s" });
            if (typeof outcome !== "string" && n % 3 === 0) end.leave("tea", outcome);
          }
        }
        await Promise.all(ends.map(churn));
        await settle("tea", ...followers);
        const [first, ...others] = followers;
        for (const other of others) {
          expect(other.story).to.deep.equal(first?.story);
          expect([...other.held.values()]).to.deep.equal([...(first?.held.values() ?? [])]);
        }
      });

      it("knows what there is, when it comes while things change", async () => {
        const entries = await Promise.all(
          Array.from({ length: 50 }, (_, n) => one.enter("tea", `${n}`).then(entryOf)),
        );
        for (const entry of entries.slice(0, 25)) one.leave("tea", entry);
        const follower = new Follower(two, "tea");
        await Promise.all(Array.from({ length: 50 }, (_, n) => one.enter("tea", `x${n}`).then(entryOf)));
        await follower.ready;
        await settle("tea", follower);
        expect(follower.changes.filter(({ type }) => type === "all")).to.have.lengthOf(1);
        const expected = [
          ...Array.from({ length: 25 }, (_, n) => `${n + 25}`),
          ...Array.from({ length: 50 }, (_, n) => `x${n}`),
        ];
        expect(follower.names).to.deep.equal(expected.sort());
      });
    });

    describe("what is kept", () => {
      it("stays when its process has gone, and gets a new card from whomever", async () => {
        const follower = await follow(two, "life");
        entryOf(await one.enter("life", "game", { card: "1", kept: true }));
        entryOf(await one.enter("life", "ann"));
        await one.close();
        await untilTrue(() => follower.story.includes("-ann") && follower.held.has("game"));
        entryOf(await two.enter("life", "game", { card: "2", kept: true }));
        await untilTrue(() => follower.held.get("game")?.card === "2");
        expect(follower.story).to.deep.equal(["+game", "+ann", "-ann", "game>game"]);
      });
    });

    describe("its groups", () => {
      it("are told largest first, those that have somebody in them", async () => {
        for (const name of ["a", "b", "c"]) entryOf(await one.enter("chat/large", name));
        entryOf(await two.enter("chat/small", "a"));
        entryOf(await two.enter("life/default", "a"));
        entryOf(await two.enter("chat/kept", "a", { kept: true }));
        one.leave("chat/gone", entryOf(await one.enter("chat/gone", "a")));
        const expected = JSON.stringify([
          { group: "chat/large", size: 3 },
          { group: "chat/small", size: 1 },
        ]);
        await untilTrueOf(async () => JSON.stringify(await two.groups("chat/", 10)) === expected);
        expect(await one.groups("chat/", 1)).to.deep.equal([{ group: "chat/large", size: 3 }]);
      });
    });

    describe("when it is closed", () => {
      it("gives all names back, each once", async () => {
        const follower = await follow(two, "tea");
        for (const name of ["a", "b"])
          entryOf(await one.enter("tea", name, { replaced: () => expect.fail() }));
        await Promise.all([one.close(), one.close()]);
        await untilTrue(() => follower.held.size === 0);
        expect(follower.story.slice(0, 2)).to.deep.equal(["+a", "+b"]);
        expect(follower.story.slice(2).sort()).to.deep.equal(["-a", "-b"]);
      });

      it("takes nothing any more, and says so", async () => {
        const follower = await follow(one, "tea");
        const entry = entryOf(await one.enter("coffee", "ann"));
        await one.close();
        expect(one.available).to.equal(false);
        for (const promise of [one.enter("tea", "ann"), one.groups("", 1)])
          expect(await rejection(promise)).to.have.property("code", "REGISTRY_UNAVAILABLE");
        one.leave("coffee", entry);
        one.follow("tea", () => expect.fail()).end();
        entryOf(await two.enter("tea", "bob"));
        const other = await follow(two, "tea");
        expect(other.names).to.deep.equal(["bob"]);
        expect(follower.story).to.deep.equal([]);
      });
    });
  });
}

/** The entry that it has to be. */
export function entryOf(outcome: Outcome): Entry {
  if (typeof outcome === "string") throw new Error(`There is no entry: ${outcome}`);
  return outcome;
}

/** Asks until a name has become free: another process may hear of that a little later. */
export async function untilEntered(enter: () => Promise<Outcome>): Promise<Entry> {
  let outcome = await enter();
  await untilTrueOf(async () => {
    if (typeof outcome === "string") outcome = await enter();
    return typeof outcome !== "string";
  });
  return entryOf(outcome);
}

async function untilTrueOf(condition: () => Promise<boolean>): Promise<void> {
  let isTrue = await condition();
  while (!isTrue) {
    await new Promise((resolve) => setImmediate(resolve));
    isTrue = await condition();
  }
}

function isOf(change: Change, { id }: Entry): boolean {
  return change.type === "entered" && change.entry.id === id;
}
