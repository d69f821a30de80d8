import { expect } from "chai";
import { WebSocket } from "ws";
import { connect } from "../../../middleware/client/index.ts";
import { broadcast, type Connection, WebSocketError, websocket } from "../../../middleware/index.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { SHORT } from "../../support/timeouts.ts";
import { untilTrue } from "../../support/until.ts";
import { useBrowser } from "../../support/use-browser.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("docs/guide/client.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/client.md", {
    names: {
      connect: 'typeof import("express-c10k/client")["connect"]',
      news: "{ id: number; text: string }[]",
      readers: 'Set<import("express-c10k").Connection>',
      show: "(text: string) => void",
    },
  });
  const chat = page.block("The client");
  const reader = page.block("What was missed", 1);
  const publisher = page.block("What was missed", 2);

  it("goes on after the last of the news that it has shown", async () => {
    const [app, shown, asked] = [quietApp(), [] as string[], [] as unknown[]];
    const news: { id: number; text: string }[] = [];
    const readers = new Set<Connection>();
    app.get("/news", (req, _res, next) => {
      asked.push(req.query.since);
      next();
    });
    await publisher.run({ app, websocket, news, readers });
    const { wsUrl } = await network.serve(app);
    const over = reader.run({
      connect: (address: () => string) =>
        connect(() => `${wsUrl}${address()}`, { WebSocket, firstDelay: SHORT }),
      show: (text: string) => shown.push(text),
    });

    function publish(text: string): void {
      const item = { id: news.length + 1, text };
      news.push(item);
      broadcast(readers, JSON.stringify(item));
    }

    async function close(code: number): Promise<void> {
      for (const ws of readers) await ws.close(code);
    }

    publish("It rains");
    await untilTrue(() => readers.size === 1);
    publish("It pours");
    await untilTrue(() => shown.length === 2);
    await close(1012);
    publish("It stops");
    await untilTrue(() => shown.length === 3);
    await close(1000);
    await over;
    expect(shown).to.deep.equal(["It rains", "It pours", "It stops"]);
    expect(asked.slice(0, 2)).to.deep.equal(["0", "2"]);
  });

  describe("in a browser", () => {
    const openPage = useBrowser();

    it("says what it waits for, sends when it can, and reads on", async () => {
      const script = await chat.bundle();
      const heard: unknown[] = [];
      const view = websocket(async (ws) => {
        if (heard.length > 0) return ws.close(1000, "Goodbye");
        heard.push(await ws.recv());
        await ws.send("Welcome");
        throw new WebSocketError(1012);
      });
      const app = quietApp().get("/chat", view);
      app.get("/page.js", (_req, res) => res.type("js").send(script));
      app.get("/", (_req, res) =>
        res.send(`<link rel="icon" href="data:,"><p></p><script>
          const show = (text) => document.querySelector("p").append(text, "; ");
          </script><script type="module" src="/page.js"></script>`),
      );
      const { url } = await network.serve(app);
      const tab = await openPage();
      await tab.goto(url);
      await tab.getByText("closed: Goodbye").waitFor();
      expect(await tab.locator("p").textContent()).to.match(
        /^online; Welcome; (offline; )+online; closed: Goodbye; $/,
      );
      expect(heard).to.deep.equal(["Hello!"]);
    });
  });
});
