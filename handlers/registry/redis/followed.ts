import type { Redis } from "../../redis/redis.ts";
import type { Change } from "../registry.ts";
import type { Group } from "./group.ts";
import { parseRecord, type Record } from "./record.ts";

interface Numbered {
  readonly number: number;
  readonly change: Exclude<Change, { type: "all" }>;
  readonly record: Record;
}

/**
 * A group that somebody in this process follows: its entries as far as they have been heard of. First it listens, then it reads all
 * there is; of what it hears it takes the changes that are newer than that, one number after the other. Where one is missing it
 * reads all anew.
 */
export class Followed {
  readonly group: Group;
  readonly listeners = new Set<(change: Change) => void>();
  /** Resolves when all was read for the first time. */
  readonly ready: Promise<void>;
  readonly #onReady: () => void;
  readonly #subscription: ReturnType<Redis["subscribe"]>;
  readonly #records = new Map<string, Record>();
  /** The kept ones, as they were heard of last: no Redis that has lost its data makes this process forget them. */
  readonly #kept = new Map<string, Record>();
  /** The last change that is in the records. */
  #number = -1;
  /** What was heard while all is being read; undefined while nothing is. */
  #heard: Numbered[] | undefined;
  #ended = false;

  constructor(redis: Redis, group: Group) {
    this.group = group;
    let onReady = () => {};
    this.ready = new Promise((resolve) => {
      onReady = resolve;
    });
    this.#onReady = onReady;
    const hear = (message: string) => this.#hear(parseChange(message));
    this.#subscription = redis.subscribe(group.channel, { hear, missed: () => void this.read() });
    void this.#subscription.ready.then(() => this.read());
  }

  get records(): Iterable<Record> {
    return this.#records.values();
  }

  get kept(): Iterable<Record> {
    return this.#kept.values();
  }

  /** Lets somebody hear of it; of what is there at once, if that has been read. */
  add(listener: (change: Change) => void): void {
    this.listeners.add(listener);
    if (this.#number >= 0) listener(this.#all());
  }

  end(): void {
    this.#ended = true;
    this.#subscription.end();
  }

  /** Reads all there is. Where that fails Redis is away: when it is back this is called again. */
  async read(): Promise<void> {
    if (this.#heard || this.#ended) return;
    this.#heard = [];
    const contents = await this.group.read().catch(() => undefined);
    const heard = this.#heard;
    this.#heard = undefined;
    if (!contents || this.#ended) return;
    this.#records.clear();
    for (const record of contents.records) this.#set(record);
    this.#number = contents.number;
    this.#tell(this.#all());
    this.#onReady();
    for (const numbered of heard) this.#hear(numbered);
  }

  #hear(numbered: Numbered): void {
    if (this.#heard) this.#heard.push(numbered);
    else if (numbered.number === this.#number + 1) this.#apply(numbered);
    else if (numbered.number > this.#number) void this.read();
  }

  #apply({ number, change, record }: Numbered): void {
    this.#number = number;
    if (change.type === "entered") this.#set(record);
    else this.#delete(record.entry.name);
    this.#tell(change);
  }

  #set(record: Record): void {
    this.#records.set(record.entry.name, record);
    if (record.process === undefined) this.#kept.set(record.entry.name, record);
  }

  #delete(name: string): void {
    this.#records.delete(name);
    this.#kept.delete(name);
  }

  #tell(change: Change): void {
    for (const listener of [...this.listeners]) listener(change);
  }

  #all(): Change {
    return { type: "all", entries: Array.from(this.#records.values(), ({ entry }) => entry) };
  }
}

function parseChange(message: string): Numbered {
  const [number, type, text = "", old = ""] = message.split("\n");
  const record = parseRecord(text);
  const { entry } = record;
  const replaced = old === "" ? undefined : parseRecord(old).entry;
  const change =
    type === "left"
      ? ({ type, entry } as const)
      : ({ type: "entered", entry, ...(replaced && { replaced }) } as const);
  return { number: Number(number), change, record };
}
