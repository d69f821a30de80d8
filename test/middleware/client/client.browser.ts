import { expect } from "chai";
import { build } from "esbuild";
import { type Connection, websocket } from "../../../middleware/index.ts";
import { ROOT } from "../../support/imports.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { listen, type TestServer } from "../../support/server.ts";
import { LONG } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useBrowser } from "../../support/use-browser.ts";
import { useNetwork } from "../../support/use-network.ts";

/** What the page runs, with the delays of that many milliseconds: it says all that it receives, and sends it back. */
const script = (delay: number) => `
  import { connect } from "./middleware/client/index.ts";
  const states = [];
  const ws = connect("ws/#here", {
    firstDelay: ${delay},
    maxDelay: ${delay},
    onOpen: () => states.push("open"),
    onClose: ({ code }) => states.push(code),
  });
  Object.assign(window, { ws, states });
  for await (const message of ws) {
    ws.send(typeof message === "string" ? message + "?" : new Uint8Array(message).map((byte) => byte + 1));
  }
  states.push("over");
`;

describe("connect of client, in a browser", () => {
  const openPage = useBrowser();
  const network = useNetwork();

  async function open(delay: number) {
    const { outputFiles } = await build({
      stdin: { contents: script(delay), resolveDir: ROOT, loader: "js" },
      bundle: true,
      format: "esm",
      write: false,
    });
    const connections: Connection[] = [];
    const app = quietApp()
      .get("/page/", (_req, res) =>
        res.send(
          `<!doctype html><link rel="icon" href="data:,"><script type="module" src="script.js"></script>`,
        ),
      )
      .get("/page/script.js", (_req, res) => res.type("js").send(outputFiles[0]?.text));
    app.get(
      "/page/ws/",
      websocket((ws) => {
        connections.push(ws);
        return ws.closed;
      }),
    );
    const server = await network.serve(app);
    const page = await openPage();
    await page.goto(`${server.url}/page/`);
    return {
      page,
      server,
      restart: () => listen(app, server.port),
      states: () => page.evaluate<unknown[]>("states"),
      async connection(index: number): Promise<Connection> {
        await untilTrue(() => connections.length > index);
        const connection = connections[index];
        if (!connection) throw new Error("No connection");
        return connection;
      },
    };
  }

  it("connects relative to the page, receives and sends text and bytes", async () => {
    const { connection, states, page } = await open(LONG);
    const ws = await connection(0);
    await ws.send("Café");
    expect(await ws.recv()).to.equal("Café?");
    await ws.send(Buffer.from([1, 2]));
    expect(await ws.recv()).to.deep.equal(Buffer.from([2, 3]));
    await ws.close();
    await page.waitForFunction("states.includes('over')");
    expect(await states()).to.deep.equal(["open", 1000, "over"]);
  });

  it("connects again when the server is back", async () => {
    const { connection, server, restart } = await open(1);
    await connection(0);
    await server.close();
    const restarted: TestServer = await restart();
    const ws = await connection(1);
    await ws.send("Back");
    expect(await ws.recv()).to.equal("Back?");
    await ws.close();
    await restarted.close();
  });

  it("connects again at once when the browser is back online, however long it was to wait", async () => {
    const { page, connection, server, restart } = await open(LONG);
    await connection(0);
    await server.close();
    await page.waitForFunction("ws.state === 'waiting'");
    const restarted = await restart();
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    const ws = await connection(1);
    await ws.send("Back");
    expect(await ws.recv()).to.equal("Back?");
    await ws.close();
    await restarted.close();
  });

  it("throws for a code that a browser may not send, and goes on", async () => {
    const { page, connection } = await open(LONG);
    const ws = await connection(0);
    await page.waitForFunction("ws.state === 'open'");
    for (const args of ["1001", `1000, "x".repeat(124)`]) {
      expect(await page.evaluate(`try { ws.close(${args}) } catch (error) { error.name }`)).to.be.oneOf([
        "InvalidAccessError",
        "SyntaxError",
      ]);
    }
    await ws.send("Still here");
    expect(await ws.recv()).to.equal("Still here?");
    await page.evaluate("ws.close(1000, 'Bye')");
    expect(await ws.closed).to.deep.equal({ code: 1000, reason: "Bye" });
  });
});
