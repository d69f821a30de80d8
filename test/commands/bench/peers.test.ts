import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { findPeer, OURS, PEERS } from "../../../commands/bench/peers.ts";
import manifest from "../../../package.json" with { type: "json" };
import { ROOT } from "../../support/imports.ts";

describe("the peers", () => {
  for (const { name, server } of PEERS) {
    it(`have a server for ${name}`, () => {
      expect(existsSync(join(ROOT, `commands/bench/servers/${server}.ts`))).to.equal(true);
    });
  }

  it("are found with their versions, and Node to run them", () => {
    const ours = findPeer({ name: OURS, server: "express-c10k" });
    expect(ours?.version).to.equal(manifest.version);
    const fastify = findPeer({ name: "@fastify/websocket", server: "fastify-websocket" });
    expect(fastify?.version).to.match(/^\d+\.\d+\.\d+/);
    expect(fastify?.command).to.deep.equal([
      process.execPath,
      join(ROOT, "dist/commands/bench/servers/fastify-websocket.js"),
    ]);
  });

  it("run in the runtime that their package is", () => {
    const [runtime, ...rest] = findPeer({ name: "esbuild", server: "bun", isRuntime: true })?.command ?? [];
    expect(runtime).to.equal(join(ROOT, "node_modules/esbuild/bin/esbuild"));
    expect(rest).to.deep.equal([join(ROOT, "dist/commands/bench/servers/bun.js")]);
  });

  it("are not found where they are not installed", () => {
    expect(findPeer({ name: "@nobody/nothing", server: "nothing" })).to.equal(undefined);
  });
});
