import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { LogUnavailable } from "../../../handlers/chat/log/log.ts";
import { sqliteLog } from "../../../handlers/chat/log/sqlite-log.ts";
import { openLog } from "../../../handlers/chat/open-log.ts";
import { rejection } from "../../support/rejection.ts";
import { useDirectory } from "../../support/use-directory.ts";

const ENTRY = { nick: "Ann", author: "ann", ref: "1", text: "Hello" };

describe("openLog", () => {
  const directory = useDirectory();
  const reports: string[] = [];
  const report = (line: string) => reports.push(line);

  const openIn = (path: string) => openLog(() => sqliteLog({ directory: path }), report);

  beforeEach(() => reports.splice(0));

  it("makes no file before somebody uses it", async () => {
    const log = openIn(join(directory(), "data"));
    expect(await readdir(directory())).to.deep.equal([]);
    await log.close();
    expect(await readdir(directory())).to.deep.equal([]);
  });

  it("makes the directory at first use, and keeps in it what is said", async () => {
    const log = openIn(join(directory(), "deep/data"));
    const { id } = await log.append("lobby", ENTRY);
    await log.close();
    const again = openIn(join(directory(), "deep/data"));
    expect((await again.read("lobby", { limit: 1 })).entries[0]?.id).to.equal(id);
    expect(await again.latestRooms(1)).to.have.length(1);
    await again.close();
  });

  it("says once why it cannot be opened, and is tried again whenever it is used", async () => {
    const path = join(directory(), "file");
    await writeFile(path, "not a directory");
    const log = openIn(join(path, "data"));
    expect(await rejection(log.read("lobby", { limit: 1 }))).to.be.instanceOf(LogUnavailable);
    expect(await rejection(log.append("lobby", ENTRY))).to.be.instanceOf(LogUnavailable);
    expect(await rejection(log.latestRooms(1))).to.be.instanceOf(LogUnavailable);
    expect(reports).to.have.length(1);
    expect(reports[0]).to.contain(path);
    await log.close();
  });

  it("is unavailable once it is closed", async () => {
    const log = openIn(directory());
    await log.close();
    expect(await rejection(log.append("lobby", ENTRY))).to.be.instanceOf(LogUnavailable);
    expect(reports).to.deep.equal([]);
    expect(await readdir(directory())).to.deep.equal([]);
  });
});
