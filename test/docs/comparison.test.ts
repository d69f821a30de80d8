import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { marked } from "marked";
import { ROOT, readSource } from "../support/imports.ts";

/** What the README says of a library, and where it shows. */
interface Cell {
  readonly row: string;
  readonly library: string;
  readonly says: string;
  readonly evidence: string;
}

const PAGE = "docs/comparison.md";

const CELL = /^- \*\*(?<library>.+?)\*\*: (?<says>.+?) — (?<evidence>.+)$/;
const QUOTATION = /`([^`]+)`: `([^`]+)`/g;
const ABSENCE = /nothing in `([^`]+)` matches `([^`]+)`/g;

describe(PAGE, () => {
  const cells = cellsOf(readSource(PAGE));

  it("has the cells of the README's table, and no others", () => {
    const { header, rows } = tableOfReadme();
    const shown = rows.flatMap(([row = "", ...says]) =>
      says.map((text, column) => ({ row, library: header[column + 1], says: text })),
    );
    expect(cells.map(({ row, library, says }) => ({ row, library, says }))).to.deep.equal(shown);
  });

  it("names the major version of each library that is installed here", () => {
    const versions = Array.from(readSource(PAGE).matchAll(/^\| ([\w@/.-]+) \| (\d+)\./gm), (match) =>
      match.slice(1),
    );
    expect(versions).to.have.lengthOf(5);
    for (const [name = "", major] of versions) {
      const { version } = JSON.parse(read(`${name.toLowerCase()}/package.json`));
      expect(version.split(".")[0], name).to.equal(major);
    }
  });

  for (const { row, library, says, evidence } of cells) {
    it(`shows where it is so: ${row}: ${library}: ${says}`, () => {
      const quotations = [...evidence.matchAll(QUOTATION)];
      const absences = [...evidence.matchAll(ABSENCE)];
      expect(quotations.length + absences.length).to.be.above(0);
      for (const [, file = "", quotation = ""] of quotations) expect(read(file), file).to.contain(quotation);
      for (const [, place = "", pattern = ""] of absences) {
        expect(filesAt(find(place)).filter((file) => new RegExp(pattern).test(readFileSync(file, "utf8")))).to
          .be.empty;
      }
    });
  }

  it("says how large the client of Socket.IO is, minified and gzipped", () => {
    const size = gzipSync(read("socket.io/client-dist/socket.io.min.js")).length;
    const said = cells.find(
      ({ row, library }) => /connects again/.test(row) && library === "Socket.IO",
    )?.says;
    expect(said).to.equal(`${Math.round(size / 1000)} kB`);
  });
});

function cellsOf(page: string): Cell[] {
  let row = "";
  return page.split("\n").flatMap((line) => {
    if (line.startsWith("## ")) row = line.slice(3);
    const { library, says, evidence } = CELL.exec(line)?.groups ?? {};
    return library && says && evidence ? [{ row, library, says, evidence }] : [];
  });
}

function tableOfReadme(): { header: string[]; rows: string[][] } {
  for (const token of marked.lexer(readSource("README.md"))) {
    if (token.type !== "table" || token.header.length !== 7) continue;
    const texts = (cells: { text: string }[]) => cells.map(({ text }) => text);
    return { header: texts(token.header), rows: token.rows.map(texts) };
  }
  throw new Error("README.md has no table of seven columns");
}

/** Ours, or a package's, wherever npm has put it. */
function find(path: string): string {
  const places = ["node_modules", "commands/node_modules", "."].map((folder) => join(ROOT, folder, path));
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`There is no ${path}`);
  return found;
}

function read(path: string): string {
  return readFileSync(find(path), "utf8");
}

function filesAt(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
}
