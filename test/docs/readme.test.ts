import assert from "node:assert/strict";
import { expect } from "chai";
import * as library from "../../middleware/index.ts";
import { websocket } from "../../middleware/index.ts";
import { resolveOptions } from "../../middleware/options.ts";
import { runCli, startCli } from "../support/cli.ts";
import { deferred } from "../support/deferred.ts";
import { usePage } from "../support/docs/use-page.ts";
import { readSource } from "../support/imports.ts";
import { quietApp } from "../support/quiet-app.ts";
import { startServer, type TestServer } from "../support/server.ts";
import { TIMEOUT } from "../support/timeouts.ts";
import { useBrowser } from "../support/use-browser.ts";
import { useNetwork } from "../support/use-network.ts";

describe("README.md", () => {
  const network = useNetwork();
  const page = usePage("README.md", {
    names: {
      assert: 'typeof import("node:assert/strict")',
      cookie: "string",
    },
  });

  describe("its first program", () => {
    const program = page.block("express-c10k");

    it("greets by name, and echoes", async () => {
      const { wsUrl } = await program.run();
      const client = await network.open(`${wsUrl}/echo/bob`);
      expect(await client.next()).to.equal("Hello bob!");
      client.ws.send("Spam");
      expect(await client.next()).to.equal("Spam");
    });
  });

  describe("its commands", () => {
    const testecho = page.block("Ten thousand clients");
    const gameoflife = page.block("A distributed Game of Life");
    let server: TestServer;

    before(async () => {
      server = await startServer();
    });

    after(() => server.close());

    page.commands("Embed it", {
      "npm install express-c10k express": [
        "test/package/esm.integration.ts",
        "brings ws, and nothing else beside Express",
      ],
    });

    page.commands("Run it", {
      "npm ci && npm start": ["test/commands/serve.integration.ts", "says where it listens once it accepts"],
      "npm ci && npm test": ["test/docs/readme.test.ts", "are what continuous integration runs"],
    });

    page.commands("On many processes, and many machines", {
      "node dist/app.js --workers auto": [
        "test/commands/serve/primary.integration.ts",
        "is one process where one worker is asked for, and one a core where it is left to the machine",
      ],
    });

    page.commands("A chat that loses nothing", {
      "npm run cmd chat -- tea --nick ada": [
        "test/commands/chat.test.ts",
        "shows what was said before, then what is said",
      ],
      "npm run cmd chat -- tea --nick bob --json": [
        "test/commands/chat.test.ts",
        "gives the server's frames as they are, and tells of the connection",
      ],
    });

    page.commands("How fast", {
      "npm run bench": [
        "test/commands/bench.integration.ts",
        "measures peers, shows tables, and writes JSON and a chart",
      ],
      "npm run bench -- --quick --only ws,express-c10k": [
        "test/commands/bench.integration.ts",
        "measures peers, shows tables, and writes JSON and a chart",
      ],
      "npm run bench:check": [
        "test/commands/bench.integration.ts",
        "checks the ratios of processor time, and gives a verdict",
      ],
    });

    it("are what continuous integration runs", () => {
      expect(readSource(".ci/run")).to.match(/^npm ci\nnpm test\n/m);
    });

    /** The arguments of the CLI in each line, as npm hands them on. */
    function commandLines(code: string): string[][] {
      return code
        .split("\n")
        .map((line) => line.replace(/^(npm run cmd|npx c10k) | +#.*/g, "").split(/ (?:-- )?/));
    }

    it("let ten thousand clients, or fewer, come one by one", async () => {
      for (const args of commandLines(testecho.code)) {
        const running = startCli([...args, "--url", `${server.wsUrl}/test/ws/`]);
        await running.said(/^> +\d+ connections\n/);
        running.process.kill("SIGINT");
        expect((await running.outcome).code).to.equal(130);
      }
    });

    it("play games of life", async function () {
      this.timeout(4 * TIMEOUT);
      for (const args of commandLines(gameoflife.code)) {
        const short = ["--steps", "1", "--url", server.wsUrl];
        const outcome = await runCli([...args, ...short], { timeout: 2 * TIMEOUT });
        expect(outcome).to.deep.equal({ code: 0, stdout: "", stderr: "" });
      }
    });
  });

  describe("what it embeds", () => {
    const names = page.block("Embed it", 2);
    const client = page.block("Embed it", 3);
    const testing = page.block("Embed it", 4);

    /** Greets by name whoever has the cookie, and then echoes. */
    function app() {
      const app = quietApp();
      app.get("/private", (_req, res) => res.sendStatus(401));
      app.get(
        "/echo/:name",
        websocket(async (ws, req) => {
          await ws.send(`Hello ${req.params.name}!`);
          for await (const message of ws) await ws.send(message);
        }),
      );
      return app;
    }

    it("is there by those names", async () => {
      const { exports } = await names.run({}, "accept", "broadcast", "shutdown");
      const { accept, broadcast, shutdown } = library;
      expect({ ...Object(exports) }).to.deep.equal({ accept, broadcast, shutdown });
    });

    it("has the defaults that the page states", () => {
      const { origins, maxPayload, pingInterval } = resolveOptions();
      expect({ origins, maxPayload }).to.deep.equal({ origins: "same-origin", maxPayload: 1024 ** 2 });
      expect(pingInterval).to.be.above(0);
      expect(readSource("README.md")).to.contain("messages are at most 1 MiB");
    });

    it("connects from a test, and tells a refusal", async () => {
      await testing.run({ app: app(), cookie: "a=1", assert });
    });

    describe("in a browser", () => {
      const openPage = useBrowser();

      it("says what it sent as soon as there is a connection, and reads", async () => {
        const script = await client.bundle();
        const served = app()
          .get("/", (_req, res) =>
            res.send(`<link rel="icon" href="data:,"><script type="module" src="/page.js"></script>`),
          )
          .get("/page.js", (_req, res) => res.type("js").send(script));
        const { url } = await network.serve(served);
        const tab = await openPage();
        const said: string[] = [];
        const both = deferred();
        tab.on("console", (message) => {
          if (said.push(message.text()) === 2) both.resolve();
        });
        await tab.goto(url);
        await both.promise;
        expect(said).to.deep.equal(["Hello bob!", "Spam"]);
      });
    });
  });
});
