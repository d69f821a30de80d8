import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { usePage } from "../support/docs/use-page.ts";
import { ROOT } from "../support/imports.ts";

describe("docs/architecture.md", () => {
  const page = usePage("docs/architecture.md");
  const diagram = page.block("How a connection travels");

  it("draws the way through files that there are", () => {
    const files = Array.from(diagram.code.matchAll(/[\w-]+\.ts/g), ([name]) => name);
    expect(files).to.include("hook-upgrades.ts");
    expect(files.filter((name) => !existsSync(join(ROOT, "middleware", name)))).to.deep.equal([]);
  });
});
