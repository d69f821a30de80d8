import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect } from "chai";
import Database from "libsql";
import { type Log, LogUnavailable } from "../../../../handlers/chat/log/log.ts";
import { type SqliteLogOptions, sqliteLog } from "../../../../handlers/chat/log/sqlite-log.ts";
import { rejection } from "../../../support/rejection.ts";
import { runScript } from "../../../support/run-script.ts";
import { SHORT } from "../../../support/timeouts.ts";
import { describeLog } from "./describe-log.ts";
import { makePlace, removePlace } from "./sqlite-backend.ts";
import { say, sayMany } from "./use-log.ts";

describeLog("SQLite", new URL("sqlite-backend.ts", import.meta.url));

describe("sqliteLog", () => {
  const logs: Log[] = [];
  let directory = "";

  beforeEach(async () => {
    directory = await makePlace();
  });

  afterEach(async () => {
    await Promise.all(logs.splice(0).map((log) => log.close()));
    await removePlace(directory);
  });

  function open(options: Partial<SqliteLogOptions> = {}): Log {
    const log = sqliteLog({ directory, ...options });
    logs.push(log);
    return log;
  }

  function file(): string {
    return join(directory, "chat.db");
  }

  it("makes its directory", async () => {
    const log = open({ directory: join(directory, "to", "be made") });
    expect(await say(log, "room", "1")).to.have.property("text", "1");
  });

  it("says so where no directory can be made at all", function () {
    if (process.platform !== "linux") this.skip();
    expect(() => open({ directory: "/proc/nope" })).to.throw("The chat's log cannot be kept in /proc/nope");
  });

  it("says that its directory cannot be made", async () => {
    await writeFile(file(), "");
    const below = join(file(), "data");
    expect(() => open({ directory: below })).to.throw(`The chat's log cannot be kept in ${below}`);
  });

  it("says that its file is none of SQLite's, and leaves it alone", async () => {
    const text = "Dear diary, today I wrote no database. ".repeat(200);
    await writeFile(file(), text);
    expect(() => open()).to.throw(`The chat's log cannot be kept in ${file()}: file is not a database`);
    expect(await readFile(file(), "utf8")).to.equal(text);
  });

  it("says that its file is one of a newer version, and leaves it alone", () => {
    const db = new Database(file());
    db.exec("PRAGMA user_version = 99");
    expect(() => open()).to.throw(/version 99.* use a newer program$/);
    expect(db.prepare("PRAGMA user_version").get()).to.have.property("user_version", 99);
    expect(db.prepare("SELECT * FROM sqlite_master").all()).to.deep.equal([]);
    db.close();
  });

  it("throws a TypeError for options that are none", () => {
    const wrong: Partial<SqliteLogOptions>[] = [
      { maxEntries: 0 },
      { maxEntries: Number.NaN },
      { maxAge: -1 },
      { trimInterval: 0 },
      { trimInterval: Number.POSITIVE_INFINITY },
      { timeout: Number.NaN },
    ];
    for (const options of wrong) expect(() => open(options), JSON.stringify(options)).to.throw(TypeError);
  });

  it("keeps all for good, if it is to", async () => {
    const forever = Number.POSITIVE_INFINITY;
    const log = open({ maxEntries: forever, maxAge: forever, trimInterval: 1, now: () => 0.5 });
    for (let round = 0; round < 20; round += 1) await say(log, "room", String(round));
    expect((await log.read("room", { limit: 99 })).entries).to.have.length(20);
  });

  it("commits many appends together, those of one turn of the event loop first of all", async () => {
    const log = open();
    const commits: number[] = [];
    log.follow("room", undefined, (entries) => commits.push(entries.length));
    await sayMany(log, "room", 300);
    expect(commits).to.deep.equal([300]);
    for (let round = 0; round < 2000; round += 50) {
      for (let append = 0; append < 50; append += 1) void say(log, "room", `${round + append}`, "bob");
      await nextTurn();
    }
    await say(log, "room", "last");
    expect(commits.reduce((sum, count) => sum + count)).to.equal(2301);
    expect(commits.length).to.be.at.most(41);
  });

  it("keeps all in its one file when it is closed", async () => {
    const log = open();
    const entries = await sayMany(log, "room", 10);
    await log.close();
    const copy = join(directory, "copy");
    await mkdir(copy);
    await copyFile(file(), join(copy, "chat.db"));
    expect((await open({ directory: copy }).read("room", { limit: 99 })).entries).to.deep.equal(entries);
  });

  it("rejects with LogUnavailable if another writes for too long, works on, and waits off the event loop", async () => {
    const log = open({ timeout: SHORT });
    await say(log, "room", "1");
    const db = new Database(file());
    db.exec("BEGIN IMMEDIATE");
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const error = await rejection(say(log, "room", "2"));
    clearInterval(turning);
    expect(error).to.be.instanceOf(LogUnavailable).and.have.property("code", "LOG_UNAVAILABLE");
    expect(turns).to.be.at.least(2);
    expect((await log.read("room", { limit: 9 })).entries).to.have.length(1);
    db.exec("ROLLBACK");
    db.close();
    await say(log, "room", "2");
    expect((await log.read("room", { limit: 9 })).entries).to.have.length(2);
  });

  it("rejects with LogUnavailable what it cannot read or write in a file that was damaged", async () => {
    const before = open();
    await sayMany(before, "room", 100);
    await before.close();
    const bytes = await readFile(file());
    await writeFile(file(), Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, "x")]));
    const log = open();
    const heard: number[] = [];
    log.follow("room", undefined, (entries) => heard.push(entries.length));
    expect(await rejection(log.read("room", { limit: 9 }))).to.be.instanceOf(LogUnavailable);
    expect(await rejection(log.latestRooms(9))).to.be.instanceOf(LogUnavailable);
    expect(await rejection(say(log, "room", "new"))).to.be.instanceOf(LogUnavailable);
    await log.close();
    expect(heard).to.deep.equal([]);
  });

  it("keeps no process alive", async () => {
    const said = await runScript(`
      import { sqliteLog } from "./handlers/chat/log/sqlite-log.ts";
      const log = sqliteLog({ directory: ${JSON.stringify(directory)} });
      log.follow("room", undefined, (entries) => console.log("heard", entries.length));
      await log.append("room", { nick: "ann", author: "ann", ref: "1", text: "1" });
    `);
    expect(said).to.equal("heard 1\n");
  });
});
