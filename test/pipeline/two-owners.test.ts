import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { createServer as createVite } from "vite";
import { WebSocketServer } from "ws";
import { hookUpgrades, shutdown, websocket } from "../../middleware/index.ts";
import { ask } from "../support/ask.ts";
import { quietApp } from "../support/quiet-app.ts";
import { readText } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

/** An app that greets on `/ws`. */
function greeter() {
  return quietApp().get(
    "/ws",
    websocket((ws) => ws.send("ours")),
  );
}

describe("a Vite dev server in middleware mode, on the same server", () => {
  const network = useNetwork();
  let root = "";

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "c10k-vite-"));
    await writeFile(join(root, "index.html"), '<script type="module" src="/main.js"></script>');
    await writeFile(join(root, "main.js"), "export const color = 'red'; import.meta.hot.accept();");
  });

  afterEach(() => rm(root, { recursive: true }));

  for (const order of ["before", "after"] as const) {
    it(`keeps its hot reload, and we our views: hooked ${order} it`, async () => {
      const app = greeter();
      const server = createServer(app);
      const claim = (req: { headers: NodeJS.Dict<string | string[]> }): boolean =>
        !String(req.headers["sec-websocket-protocol"]).startsWith("vite-");
      if (order === "before") hookUpgrades(server, { claim });
      const vite = await createVite({
        root,
        configFile: false,
        logLevel: "silent",
        appType: "spa",
        server: { middlewareMode: true, hmr: { server }, watch: { usePolling: true, interval: 20 } },
        optimizeDeps: { noDiscovery: true },
      });
      if (order === "after") hookUpgrades(server, { claim });
      app.use(vite.middlewares);
      const port = await network.listen(server);

      const page = await (await fetch(`http://localhost:${port}/`)).text();
      expect(page).to.contain("/@vite/client");
      await (await fetch(`http://localhost:${port}/main.js`)).text();
      const hot = await network.open(`ws://localhost:${port}/?token=${vite.config.webSocketToken}`, {
        protocols: ["vite-hmr"],
      });
      expect(JSON.parse(String(await hot.next()))).to.deep.equal({ type: "connected" });

      const { status, raw } = await ask(network, port, "/ws");
      expect(status).to.equal(101);
      expect(await readText(raw)).to.equal("ours");

      await writeFile(join(root, "main.js"), "export const color = 'blue'; import.meta.hot.accept();");
      const update = JSON.parse(String(await hot.next()));
      expect(update).to.have.property("type", "update");
      expect(update.updates[0]).to.include({ type: "js-update", path: "/main.js" });

      raw.socket.destroy();
      hot.ws.close();
      await hot.closed;
      await vite.close();
      await shutdown(server);
    });
  }
});

describe("a second WebSocketServer of ws, on the same server", () => {
  const network = useNetwork();

  it("keeps the requests that claim leaves to it, whichever comes first", async () => {
    for (const weComeFirst of [true, false]) {
      const server = createServer(greeter());
      const claim = ({ url }: { url?: string | undefined }): boolean => !url?.startsWith("/theirs");
      const ws = new WebSocketServer({ noServer: true });
      const theirs = (): void => {
        server.on("upgrade", (req, socket, head) => {
          if (claim(req)) return;
          ws.handleUpgrade(req, socket, head, (client) => client.send("theirs"));
        });
      };
      if (!weComeFirst) theirs();
      hookUpgrades(server, { claim });
      if (weComeFirst) theirs();
      const port = await network.listen(server);

      const [a, b] = [await ask(network, port, "/theirs/1"), await ask(network, port, "/ws")];
      expect([await readText(a.raw), await readText(b.raw)]).to.deep.equal(["theirs", "ours"]);
      expect((await ask(network, port, "/nowhere")).status).to.equal(404);
      for (const { socket } of [a.raw, b.raw]) socket.destroy();
      await shutdown(server);
    }
  });
});
