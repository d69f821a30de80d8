import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { blocksOf } from "../support/docs/blocks.ts";
import { brokenLinks } from "../support/docs/links.ts";
import { ROOT, readSource, sourceFiles } from "../support/imports.ts";

/** Generated from the TSDoc of the sources, whose examples are run where they are written. */
const GENERATED = /^docs\/reference\//;

/** The pages of the root that are read on their own. */
const ROOT_PAGES = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

const CLAIM = /\busePage\(\s*"([^"]+)"/g;

describe("the documentation", () => {
  it("has one test file for each page with code blocks, and for each source file with examples", () => {
    const pages = [...ROOT_PAGES, ...filesBelow("docs", ".md"), ...sourceFiles()];
    const withBlocks = pages.filter((file) => !GENERATED.test(file) && blocksOf(file).length > 0);
    const claims = filesBelow("test/docs", ".ts").flatMap((file) =>
      Array.from(readSource(file).matchAll(CLAIM), ([, page]) => page),
    );
    expect(claims.sort()).to.deep.equal(withBlocks.sort());
  });

  it("links only to files and headings that there are", () => {
    const pages = [...ROOT_PAGES, "test/README.md", ...filesBelow("docs", ".md")];
    const broken = pages.flatMap((page) => brokenLinks(page).map((link) => `${page}: ${link}`));
    expect(broken).to.deep.equal([]);
  });

  it("leads to every page from its index", () => {
    const linked = readSource("docs/README.md");
    const pages = filesBelow("docs", ".md").filter(
      (page) => !GENERATED.test(page) && page !== "docs/README.md",
    );
    expect(pages.filter((page) => !linked.includes(`(${page.replace("docs/", "")})`))).to.deep.equal([]);
  });
});

function filesBelow(folder: string, extension: string): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(extension)).map((name) => `${folder}/${name}`);
}
