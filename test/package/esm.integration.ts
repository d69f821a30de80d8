import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "../support/imports.ts";
import { pack, usePackage } from "../support/use-package.ts";

/** What the tarball may weigh, in bytes. */
const MAX_BYTES = 80_000;

/** A node of what `npm ls --json` prints; what is missing, and may be, has no version. */
interface Tree {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, Tree>>;
}

describe("the package in an app of ES modules, with Express 5", () => {
  const app = usePackage("express@^5.1.0");

  it("serves a view, to its client and to its testing client", async () => {
    await app.write(
      "app.js",
      `import { once } from "node:events";
      import express from "express";
      import { hookUpgrades, shutdown, websocket } from "express-c10k";
      import { connect } from "express-c10k/client";
      import { connect as open } from "express-c10k/testing";
      import { WebSocket } from "ws";

      const app = express();
      app.get("/echo/:name", websocket(async (ws, req) => {
        await ws.send(\`Hello \${req.params.name}!\`);
        for await (const message of ws) await ws.send(message);
      }));
      const server = hookUpgrades(app.listen(0));
      await once(server, "listening");

      const client = connect(\`ws://localhost:\${server.address().port}/echo/bob\`, { WebSocket });
      await client.send("Spam");
      console.log(await client.recv(), await client.recv());
      await client.close();

      const ws = await open(app, "/echo/eve");
      console.log(await ws.recv());
      await ws.close();
      await open(app, "/nothing").catch(({ response }) => console.log(response.status));
      await shutdown(server);`,
    );
    const outcome = await app.run(process.execPath, "app.js");
    expect(outcome).to.deep.equal({ code: 0, stdout: "Hello bob! Spam\nHello eve!\n404\n", stderr: "" });
  });

  it("brings ws, and nothing else beside Express", async () => {
    const { stdout } = await app.run("npm", "ls", "--omit=dev", "--all", "--json");
    const tree: Tree = JSON.parse(stdout);
    expect(namesBelow(tree)).to.deep.equal(["express", "express-c10k"]);
    const own = tree.dependencies?.["express-c10k"];
    expect(namesBelow(own)).to.deep.equal(["express", "ws"]);
    expect(namesBelow(own?.dependencies?.ws)).to.deep.equal([]);
  });

  it("is small, as the README says", async () => {
    const { size } = await pack();
    expect(size).to.be.below(MAX_BYTES);
    const readme = await readFile(join(ROOT, "README.md"), "utf8");
    expect(readme).to.contain(`below ${MAX_BYTES / 1000} kB`);
  });
});

function namesBelow(tree: Tree | undefined): string[] {
  const entries = Object.entries(tree?.dependencies ?? {});
  return entries.flatMap(([name, { version }]) => (version === undefined ? [] : name)).sort();
}
