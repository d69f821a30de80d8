import { expect } from "chai";
import type { RunningCli, StartOptions } from "../cli.ts";
import { readSource } from "../imports.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { type Known, typeErrors } from "./check-types.ts";
import { type Run, useStage } from "./use-stage.ts";
import { bundleBlock } from "./written-block.ts";

/** The languages that a block may be in, and what a test does with it. Another one needs a rule of its own, here. */
const LANGUAGES: ReadonlyMap<string, string> = new Map([
  ["ts", "compiled under strict, and run"],
  ["typescript", "a file of this project: written into a copy of it, built and run"],
  ["js", "run"],
  ["sh", "each of its lines run, or named with the test that runs it"],
  ["html", "opened in a browser"],
  ["nginx", "served by an nginx"],
  ["yaml", "read, and held against what it is for"],
  ["text", "compared with what it draws or quotes"],
]);

/** What nearly every page takes for known: the app, and what a block before has imported. */
const COMMON: Known["names"] = {
  app: 'import("express").Express',
  ...Object.fromEntries(
    ["accept", "broadcast", "hookUpgrades", "websocket", "WebSocketError"].map((name) => [
      name,
      `typeof import("express-c10k")["${name}"]`,
    ]),
  ),
};

/** A block that a test has claimed. */
export interface PageBlock {
  /** The text of the block, for a test that does more with it than to run it. */
  readonly code: string;
  /**
   * Runs the block in this process, as it stands on its page: `express-c10k` is the sources, and `x.listen(8000)` listens on
   * a free port, until the test is over. Resolves when its last statement has run.
   *
   * @param names what the block uses and does not declare: `app`, `feed`, a `console` of the test's own
   * @param gives names that the block declares and does not export, to be found in `exports` all the same
   */
  run<Exports = unknown>(names?: Record<string, unknown>, ...gives: string[]): Promise<Run<Exports>>;
  /** Runs the block in a process of its own, until the test is over. It says `Listening on {…"port":N}` when it does. */
  start(options?: StartOptions): Promise<RunningCli>;
  /** The block as a script for a page in a browser. */
  bundle(): Promise<string>;
}

/** A test elsewhere: its file, from the root, and its title. */
export type Elsewhere = readonly [file: string, title: string];

/** The code blocks of one page. */
export interface Page {
  /** Claims the first, or n-th, block below a heading; `""` stands for the page's beginning. */
  block(heading: string, nth?: number): PageBlock;
  /** Claims a `sh` block whose commands are run by tests elsewhere: says for each line by which one. */
  commands(heading: string, tests: Readonly<Record<string, Elsewhere>>, nth?: number): void;
}

/**
 * Gives a suite the code blocks of a page: one suite, in `test/docs/`, for each page. The suite claims them while it is
 * described, as `const echo = page.block("Echo")`, and runs them in its tests. It gets two tests of its own: that each block
 * is claimed, and that those in TypeScript compile. That each is also run shows at its end, if all of its tests pass.
 *
 * @param file a page, or a source file with an `@example`, from the root; as a literal, by which the accounting finds it
 * @param known the types of the names that blocks use and do not declare, beside the app and the library's functions; and
 * declarations that hold for all blocks
 */
export function usePage(file: string, { names = {}, ambient = "" }: Partial<Known> = {}): Page {
  const stage = useStage();
  const blocks = blocksOf(file);
  const claimed = new Set<Block>();
  const used = new Set<Block>();

  it(`claims every code block of ${file}`, () => {
    const unknown = blocks.filter(({ language }) => !LANGUAGES.has(language));
    expect(unknown.map(where), "in a language without a rule").to.deep.equal([]);
    expect(blocks.filter((block) => !claimed.has(block)).map(where), "claimed by no test").to.deep.equal([]);
  });

  if (blocks.some(isTypeScript)) {
    it(`compiles the TypeScript of ${file}`, async () => {
      const known = { names: { ...COMMON, ...names }, ambient };
      const errors = await typeErrors(stage.folder(), blocks.filter(isTypeScript), known);
      expect(errors).to.equal("");
    });
  }

  after(function () {
    let passed = true;
    this.test?.parent?.eachTest(({ state }) => {
      passed &&= state === "passed";
    });
    const idle = blocks.filter((block) => !used.has(block)).map(where);
    if (passed) expect(idle, "claimed, but run by no test").to.deep.equal([]);
  });

  function claim(heading: string, nth: number): Block {
    const block = blocks.filter((one) => one.heading === heading)[nth - 1];
    if (!block) throw new Error(`${file} has no code block ${nth} below "${heading}"`);
    if (claimed.has(block)) throw new Error(`${where(block)} is claimed twice`);
    claimed.add(block);
    return block;
  }

  return {
    block(heading, nth = 1) {
      const block = claim(heading, nth);
      return {
        get code() {
          used.add(block);
          return block.code;
        },
        run(given = {}, ...gives) {
          used.add(block);
          return stage.run(block, given, gives);
        },
        start(options) {
          used.add(block);
          return stage.start(block, options);
        },
        bundle() {
          used.add(block);
          return bundleBlock(block);
        },
      };
    },

    commands(heading, tests, nth = 1) {
      const block = claim(heading, nth);
      const commands = block.code.split("\n").map((line) => line.replace(/\s+#.*/, ""));
      it(`names a test for each command below "${heading}"`, () => {
        used.add(block);
        expect(commands.filter((command) => command !== "")).to.deep.equal(Object.keys(tests));
        for (const [command, [at, title]] of Object.entries(tests)) {
          expect(readSource(at), `the test of ${command}`).to.contain(`it(${JSON.stringify(title)}`);
        }
      });
    },
  };
}

function isTypeScript({ language }: Block): boolean {
  return language === "ts";
}

function where({ file, line, language }: Block): string {
  return `${file}:${line} (${language || "no language"})`;
}
