import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { ROOT } from "../support/imports.ts";

describe("docs/reference", () => {
  let fresh = "";
  let committed: ReadonlyMap<string, string>;
  let generated: ReadonlyMap<string, string>;

  before(async () => {
    fresh = await mkdtemp(join(tmpdir(), "c10k-"));
    // Fails on each warning too: of what is public and has no documentation, and of what a comment links to in vain.
    await promisify(execFile)("npm", ["run", "docs", "--", "--out", fresh], { cwd: ROOT });
    committed = await pagesOf(join(ROOT, "docs/reference"));
    generated = await pagesOf(fresh);
  });

  after(() => rm(fresh, { recursive: true }));

  it("has a page for each entry point", () => {
    expect([...committed.keys()].sort()).to.deep.equal([
      "README.md",
      "express-c10k.client.md",
      "express-c10k.md",
      "express-c10k.testing.md",
    ]);
  });

  it("is what the sources say now", () => {
    const stale = [...new Set([...committed.keys(), ...generated.keys()])].filter(
      (page) => committed.get(page) !== generated.get(page),
    );
    expect(stale, "pages that are out of date: run `npm run docs`, and commit docs/reference").to.deep.equal(
      [],
    );
  });

  it("tells nothing of where it was made, nor when", () => {
    const text = [...committed.values()].join("\n");
    expect(text).not.to.include(ROOT);
    expect(text).not.to.match(/\bnode_modules\b|\.ts:\d+|#L\d+|\b20\d\d-\d\d-\d\d\b/);
  });
});

async function pagesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder);
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const);
  return new Map(await Promise.all(texts));
}
