import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { expect } from "chai";
import { build } from "esbuild";
import { EMBEDDER_PROGRAM } from "../support/embedder-program.ts";
import { ROOT } from "../support/imports.ts";
import { usePackage } from "../support/use-package.ts";

const CONTENT = { code: 0, stdout: "", stderr: "" };

/** How a bundler finds modules. */
const BUNDLER = { module: "esnext", moduleResolution: "bundler" };

describe("the package in TypeScript, without @types/ws, and with the declarations checked", () => {
  const app = usePackage("express@^5.1.0", "@types/express@^5.0.0", "@types/node@^20.19.0");

  before(async () => {
    const readme = readFileSync(join(ROOT, "README.md"), "utf8");
    await app.write("readme.ts", /^```ts\n(.*?)^```/ms.exec(readme)?.[1] ?? "");
    await app.write("program.ts", EMBEDDER_PROGRAM);
    await app.write("program.cts", EMBEDDER_PROGRAM);
    await app.write("page.ts", `export { connect } from "express-c10k/client";`);
    expect(readdirSync(app.path("node_modules/@types")))
      .to.include("express")
      .and.not.include("ws");
  });

  it("compiles as Node resolves modules, from an ES module and from a CommonJS one", async () => {
    const files = ["readme.ts", "program.ts", "program.cts"];
    expect(await app.compile(files, { module: "nodenext" })).to.deep.equal(CONTENT);
  });

  it("compiles as a bundler resolves modules", async () => {
    expect(await app.compile(["program.ts"], BUNDLER)).to.deep.equal(CONTENT);
  });

  it("has a client that compiles for a page, which knows nothing of Node", async () => {
    const page = { ...BUNDLER, types: [], lib: ["es2022", "dom"] };
    expect(await app.compile(["page.ts"], page)).to.deep.equal(CONTENT);
  });

  it("holds what its entries reach, in JavaScript and in declarations, and its documents", async () => {
    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    const reached = [...documents, ...(await reachedInJavaScript()), ...(await reachedInDeclarations())];
    const folder = app.path("node_modules/express-c10k");
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const held = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    expect(held.map((file) => slashed(relative(folder, file))).sort()).to.deep.equal(reached.sort());
  });

  /** As the bundler sees it. */
  async function reachedInJavaScript(): Promise<string[]> {
    const entries = ["index", "client/index", "testing"];
    const { metafile } = await build({
      entryPoints: entries.map((entry) => `dist/middleware/${entry}.js`),
      absWorkingDir: app.path("node_modules/express-c10k"),
      outdir: "out",
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "esm",
      packages: "external",
    });
    return Object.keys(metafile.inputs);
  }

  /** As the compiler sees it. */
  async function reachedInDeclarations(): Promise<string[]> {
    const { stdout } = await app.compile(["program.ts"], { module: "nodenext", listFiles: true });
    return stdout.split("\n").flatMap((file) => /\/express-c10k\/(dist\/.*)$/.exec(slashed(file))?.[1] ?? []);
  }
});

function slashed(path: string): string {
  return path.replaceAll(sep, "/");
}
