import { gzipSync } from "node:zlib";
import { expect } from "chai";
import { build } from "esbuild";
import { ROOT } from "../../support/imports.ts";

/** What a page may have to pay for the client, in bytes, minified and gzipped. */
const MAX_BYTES = 2_000;

describe("the client", () => {
  it(`is below ${MAX_BYTES} bytes, minified and gzipped, with all that it exports`, async () => {
    const { outputFiles } = await build({
      entryPoints: ["middleware/client/index.ts"],
      absWorkingDir: ROOT,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      platform: "browser",
      write: false,
    });
    const bytes = outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).length, 0);
    expect(bytes).to.be.within(1, MAX_BYTES - 1);
  });
});
