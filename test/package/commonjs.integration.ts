import { expect } from "chai";
import { EMBEDDER_PROGRAM } from "../support/embedder-program.ts";
import { usePackage } from "../support/use-package.ts";

describe("the package in an app of CommonJS, with Express 4", () => {
  const app = usePackage("express@^4.21.0", "@types/express@^4.17.0", "@types/node@^20.19.0");

  it("serves a view, to its client and to its testing client", async () => {
    await app.write(
      "app.cjs",
      `const express = require("express");
      const { hookUpgrades, shutdown, websocket } = require("express-c10k");
      const { connect } = require("express-c10k/client");
      const { connect: open } = require("express-c10k/testing");
      const { WebSocket } = require("ws");

      const app = express();
      app.get("/echo/:name", websocket(async (ws, req) => {
        await ws.send(\`Hello \${req.params.name}!\`);
        for await (const message of ws) await ws.send(message);
      }));
      const server = hookUpgrades(app.listen(0, async () => {
        const client = connect(\`ws://localhost:\${server.address().port}/echo/bob\`, { WebSocket });
        await client.send("Spam");
        console.log(await client.recv(), await client.recv());
        await client.close();

        const ws = await open(app, "/echo/eve");
        console.log(await ws.recv());
        await ws.close();
        await open(app, "/nothing").catch(({ response }) => console.log(response.status));
        await shutdown(server);
      }));`,
    );
    const outcome = await app.run(process.execPath, "app.cjs");
    expect(outcome).to.deep.equal({ code: 0, stdout: "Hello bob! Spam\nHello eve!\n404\n", stderr: "" });
  });

  it("compiles with the types of Express 4", async () => {
    await app.write("program.cts", EMBEDDER_PROGRAM);
    const outcome = await app.compile(["program.cts"], { module: "nodenext" });
    expect(outcome).to.deep.equal({ code: 0, stdout: "", stderr: "" });
  });
});
