import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT, readSource } from "../support/imports.ts";

const PAGE = "docs/architecture.md";

const DRAWING = "docs/connection.svg";

describe("docs/architecture.md", () => {
  const drawn = new Set(Array.from(readSource(DRAWING).matchAll(/[\w-]+\.ts/g), ([name]) => name));

  it("draws the way through files that there are", () => {
    expect(drawn).to.include("hook-upgrades.ts").and.include("shutdown.ts");
    expect([...drawn].filter((name) => !existsSync(join(ROOT, "middleware", name)))).to.deep.equal([]);
  });

  it("says of each file that is drawn what it does there", () => {
    const text = readSource(PAGE);
    expect([...drawn].filter((name) => !text.includes(`(../middleware/${name})`))).to.deep.equal([]);
  });

  it("numbers the steps as they are drawn", () => {
    const numbers = Array.from(readSource(DRAWING).matchAll(/class="number".*>(\d)</g), ([, digit]) => digit);
    const steps = Array.from(readSource(PAGE).matchAll(/^(\d)\. \*\*/gm), ([, digit]) => digit);
    expect(steps).to.deep.equal(numbers);
  });

  it("draws the way in dark colours too", () => {
    expect(readSource(DRAWING)).to.contain("@media (prefers-color-scheme: dark)");
  });
});
