import { expect } from "chai";
import { resolveHookOptions } from "../../../middleware/hook-options.ts";
import { type Handler, hookUpgrades, websocket } from "../../../middleware/index.ts";
import { resolveOptions } from "../../../middleware/options.ts";
import { ask } from "../../support/ask.ts";
import { tableBelow } from "../../support/docs/tables.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { frame, readClose, TEXT } from "../../support/raw-frames.ts";
import { useNetwork } from "../../support/use-network.ts";

const FILE = "docs/guide/security.md";

/** What limits nothing. */
const NO_LIMITS = ["onError", "onClose", "view", "protocols", "claim"];

const UNITS: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 ** 2, ms: 1, messages: 1 };

const takeAll: Handler = async (ws) => {
  for await (const _ of ws);
};

describe("docs/guide/security.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/security.md", {
    names: {
      chat: '(ws: import("express-c10k").Connection) => Promise<unknown>',
    },
  });
  const server = page.block("Limits of a server", 1);
  const view = page.block("Limits of a server", 2);

  /** The value that a cell stands for: `64 KiB`, `none`, `"same-origin"`. */
  function parseLimit(cell: string): unknown {
    const [, count = "", unit = ""] = /^([\d,]+) (\w+)$/.exec(cell) ?? [];
    if (count) return Number(count.replaceAll(",", "")) * (UNITS[unit] ?? Number.NaN);
    if (cell.startsWith("none")) return Number.POSITIVE_INFINITY;
    return cell === "off" ? false : JSON.parse(cell);
  }

  function expectTable(heading: string, settings: object): void {
    const limits = Object.entries(settings).filter(([name]) => !NO_LIMITS.includes(name));
    const stated = tableBelow(FILE, heading).map(([name = "", value = ""]) => [name, parseLimit(value)]);
    expect(Object.fromEntries(stated)).to.deep.equal(Object.fromEntries(limits));
  }

  it("has every limit of a view, with its default", () => {
    expectTable("Limits of a view", resolveOptions());
  });

  it("has every limit of a server, with its default", () => {
    expectTable("Limits of a server", resolveHookOptions());
  });

  it("says what comes beyond a limit, as the page on errors does", () => {
    const codes = new Map(
      ["Before the 101", "Close codes that the library sends"]
        .flatMap((heading) => tableBelow("docs/guide/errors.md", heading))
        .map(([code = "", when = ""]) => [code, when]),
    );
    for (const heading of ["Limits of a view", "Limits of a server"]) {
      for (const [option = "", , code = ""] of tableBelow(FILE, heading)) {
        if (!/^\d+$/.test(code)) continue;
        if (option !== "maxConnections" && option !== "handshakeTimeout" && option !== "maxMessageBurst")
          expect(codes.get(code), option).to.contain(`\`${option}\``);
        expect(codes.has(code), option).to.equal(true);
      }
    }
  });

  it("takes as many connections from one address as it is told", async () => {
    const app = quietApp().get(
      "/",
      websocket((ws) => ws.closed),
    );
    const { port } = await server.run({ app, hookUpgrades });
    for (let n = 0; n < 20; n++) expect((await ask(network, port)).status).to.equal(101);
    expect((await ask(network, port)).status).to.equal(429);
  });

  it("takes as many messages at once as it is told, and none that is too large", async () => {
    const app = quietApp();
    await view.run({ app, websocket, chat: takeAll });
    const { port } = await network.serve(app);
    const flood = await network.shake(port, "/chat");
    flood.write(...Array(40).fill(frame(TEXT, "Hi")));
    expect((await readClose(flood)).code).to.equal(1008);
    const large = await network.shake(port, "/chat");
    large.write(frame(TEXT, "x".repeat(4097)));
    expect((await readClose(large)).code).to.equal(1009);
    const modest = await network.shake(port, "/chat");
    modest.write(...Array(20).fill(frame(TEXT, "x".repeat(4096))), frame(0x8));
    expect((await readClose(modest)).code).to.be.oneOf([1000, 1005]);
  });

  it("lets in pages of its own origin and programs, and no foreign page", async () => {
    const app = quietApp().get(
      "/",
      websocket((ws) => ws.closed),
    );
    const { port } = await network.serve(app);
    const host = `localhost:${port}`;
    const statusFrom = async (headers: Record<string, string>) =>
      (await ask(network, port, "/", { Host: host, ...headers })).status;
    expect(await statusFrom({ Origin: `http://${host}` })).to.equal(101);
    expect(await statusFrom({})).to.equal(101);
    expect(await statusFrom({ Origin: "http://foreign.example" })).to.equal(403);
    expect(await statusFrom({ Origin: "null" })).to.equal(403);
  });
});
