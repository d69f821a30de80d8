import { expect } from "chai";
import { VIOLATIONS } from "../chaos/life/check.ts";
import { usePage } from "../support/docs/use-page.ts";
import { readSource } from "../support/imports.ts";

describe("docs/life.md", () => {
  const page = usePage("docs/life.md");

  page.commands("The Game of Life", {
    "npm run cmd gameoflife -- --size 64 --pattern gosper --speed 10": [
      "test/commands/gameoflife.integration.ts",
      "plays a pattern in the top left corner, on a grid that ends at its edges",
    ],
    "npm run cmd gameoflife -- --size 64 --pattern gosper --processes 2": [
      "test/commands/gameoflife/faults.integration.ts",
      "has another process take the cells over of one that was killed",
    ],
    "npm run cmd gameoflife -- --resume": [
      "test/commands/gameoflife/faults.integration.ts",
      "goes on from where it stood when its process was killed, and another one resumes it",
    ],
  });

  page.commands("The page", {
    "npm run life:fps": [
      "test/life-fps/main.browser.ts",
      "plays a game, and shows how many frames a second its page draws meanwhile",
    ],
    "npm run life:fps -- --size 32 --seconds 5": [
      "test/life-fps/main.browser.ts",
      "plays a game, and shows how many frames a second its page draws meanwhile",
    ],
  });

  page.commands("The chaos run", {
    "npm run chaos:life": ["test/chaos/life/chaos.test.ts", "goes on, and is the reference's at every step"],
    "npm run chaos:life -- --random --size 12 --steps 60 --faults 4 --pause 500 --seed 42": [
      "test/chaos/life/chaos.test.ts",
      "goes on, and is the reference's at every step",
    ],
  });

  it("names all that the chaos run looks for", () => {
    const text = readSource("docs/life.md");
    const errors = text.slice(text.indexOf("is an error"));
    const named = Array.from(errors.matchAll(/^\| ([a-z]+) \| a/gm), ([, name]) => name);
    expect(named).to.deep.equal([...VIOLATIONS]);
  });
});
