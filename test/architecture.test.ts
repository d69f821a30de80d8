import { expect } from "chai";
import { build } from "esbuild";
import * as client from "../middleware/client/index.ts";
import * as library from "../middleware/index.ts";
import * as testing from "../middleware/testing.ts";
import { type Import, importsOf, ROOT, readSource, sourceFiles } from "./support/imports.ts";

/** Who may import what: the arrows of `docs/architecture.md`. The first rule that knows a file decides. */
const RULES: readonly { readonly files: RegExp; readonly may: RegExp; readonly mayAsTypes?: RegExp }[] = [
  {
    files: /^app\.ts$/,
    may: /^(views\/[^/]+\.ts|handlers\/(services|chat\/rooms)\.ts|commands\/serve\/(index|is-main)\.ts|middleware\/index\.ts|express)$/,
    mayAsTypes: /^node:http$/,
  },
  { files: /^handlers\/.*\bprotocol\.ts$/, may: /^handlers\/.*\bprotocol\.ts$/ },
  {
    files: /^handlers\/chat\/log\//,
    may: /^(handlers\/chat\/log\/.*|handlers\/redis\/(redis|tag)\.ts|libsql(\/promise)?|node:.*)$/,
    mayAsTypes: /^handlers\/bus\/bus\.ts$/,
  },
  { files: /^handlers\/redis\//, may: /^(handlers\/redis\/.*|@redis\/client|node:.*)$/ },
  {
    files: /^handlers\/status\/(sum-)?metrics\.ts$/,
    may: /^(handlers\/status\/.*|middleware\/index\.ts|prom-client)$/,
  },
  { files: /^handlers\//, may: /^(handlers\/.*|middleware\/index\.ts|node:.*)$/ },
  // The one page with a library of its own.
  {
    files: /^views\/pages\/status\/plot(-options)?\.ts$/,
    may: /^(views\/pages\/.*|handlers\/.*\bprotocol\.ts|uplot)$/,
  },
  {
    files: /^views\/pages\//,
    may: /^(views\/pages\/.*|handlers\/.*\bprotocol\.ts|middleware\/client\/index\.ts)$/,
  },
  { files: /^views\/access-log\.ts$/, may: /^(morgan|express|node:.*)$/ },
  { files: /^views\//, may: /^(views\/[^/]+\.ts|handlers\/.*|middleware\/index\.ts|express|node:.*)$/ },
  // Runs in browsers: nothing of Node, and nothing that imports it.
  {
    files: /^middleware\/client\//,
    may: /^middleware\/(client\/.*|errors\.ts|timer\.ts)$/,
    mayAsTypes: /^middleware\/(closure|recv-options)\.ts$/,
  },
  {
    files: /^middleware\/(errors|close-frame|recv-options|closure|timer)\.ts$/,
    may: /^middleware\/(errors|close-frame|timer)\.ts$/,
  },
  { files: /^middleware\//, may: /^(middleware\/.*|ws|node:.*)$/, mayAsTypes: /^express$/ },
  // The peers of the bench, each with its library, as one that uses it would write it. They run as processes of their own.
  {
    files: /^commands\/bench\/servers\/express-c10k\.ts$/,
    may: /^(commands\/bench\/(burst|parent|servers\/.*)\.ts|middleware\/index\.ts|express|node:.*)$/,
  },
  {
    files: /^commands\/bench\/servers\//,
    may: /^(commands\/bench\/(burst|parent|servers\/.*)\.ts|@fastify\/websocket|express|express-ws|fastify|socket\.io|websocket-express|ws|node:.*)$/,
  },
  // The one command that starts the server, instead of being its client.
  { files: /^commands\/serve\//, may: /^(commands\/.*|middleware\/index\.ts|commander|node:.*)$/ },
  {
    files: /^commands\//,
    may: /^(commands\/.*|handlers\/.*\bprotocol\.ts|middleware\/(connect|errors|client\/backoff)\.ts|commander|cli-.*|node:.*)$/,
    mayAsTypes: /^middleware\/(connect-options|connection|message)\.ts$/,
  },
];

/** What `import … from "express-c10k"` gives. */
const EXPORTS = {
  values: [
    "ConcurrencyError",
    "Connection",
    "ConnectionClosed",
    "ConnectionClosedError",
    "ConnectionClosedOK",
    "HandshakeError",
    "RecvTimeoutError",
    "WebSocketError",
    "accept",
    "broadcast",
    "hookUpgrades",
    "shutdown",
    "stats",
    "websocket",
  ],
  types: [
    "CloseEvent",
    "CloseMessage",
    "CompressionOptions",
    "Data",
    "Handler",
    "HookOptions",
    "Message",
    "OpenMessage",
    "Origins",
    "RawWebSocket",
    "RecvOptions",
    "ShutdownOptions",
    "Stats",
    "Summary",
    "Traffic",
    "ViewOptions",
    "ViewStats",
    "WebSocketOptions",
  ],
};

/** What `import … from "express-c10k/client"` gives. */
const CLIENT_EXPORTS = {
  values: [
    "ConcurrencyError",
    "ConnectionClosed",
    "ConnectionClosedError",
    "ConnectionClosedOK",
    "RecvTimeoutError",
    "connect",
  ],
  types: [
    "Address",
    "Client",
    "ClientOptions",
    "ClientState",
    "CloseEvent",
    "Data",
    "Disconnect",
    "Message",
    "RecvOptions",
    "WebSocketConstructor",
    "WebSocketLike",
  ],
};

/** What `import … from "express-c10k/testing"` gives. */
const TESTING_EXPORTS = {
  values: [
    "ConnectionClosed",
    "ConnectionClosedError",
    "ConnectionClosedOK",
    "UnexpectedResponse",
    "connect",
  ],
  types: [
    "CloseEvent",
    "CompressionOptions",
    "ConnectOptions",
    "Connection",
    "Data",
    "HttpResponse",
    "Message",
    "RawWebSocket",
    "RecvOptions",
    "Target",
  ],
};

/** What runs in processes of its own. */
const PROCESSES = [
  /^commands\/bench\/servers\//,
  /^commands\/bench\/load\/main\.ts$/,
  /^commands\/bench\/life\/(player|watcher)\.ts$/,
  /^commands\/bench\/chat\/main\.ts$/,
];

/** What only those reach for who know Express from within. */
const EXPRESS_INTERNALS =
  /\bexpress\/lib\b|\b_router\b|\brouter\.stack\b|\blazyrouter\b|\.(request|response)\.__proto__/;

const MAX_LINES = 250;
const MAX_LINES_OF_APP = 59;

describe("the architecture", () => {
  const files = sourceFiles();
  const imports = files.flatMap(importsOf);

  it("lets a file import only what docs/architecture.md says", () => {
    expect(
      imports.filter((one) => !isAllowed(one)).map(({ from, to }) => `${from} imports ${to}`),
    ).to.deep.equal([]);
  });

  it("has a rule for every file", () => {
    expect(files.filter((file) => !ruleOf(file))).to.deep.equal([]);
  });

  it("lets nobody but app.ts import commands or views from outside their folder", () => {
    const intruders = imports.filter(
      ({ from, to }) =>
        from !== "app.ts" && /^(commands|views)\//.test(to) && folderOf(from) !== folderOf(to),
    );
    expect(intruders).to.deep.equal([]);
  });

  it("lets nobody import the peers of the bench, nor its load: they are started", () => {
    const intruders = imports.filter(({ from, to }) =>
      PROCESSES.some((one) => one.test(to) && !one.test(from)),
    );
    expect(intruders).to.deep.equal([]);
  });

  it("has no cycle of imports that are left at run time", async () => {
    const graph = await runtimeImports();
    for (const file of graph.keys()) expect(pathBack(graph, file), file).to.equal(undefined);
  });

  it("gives the library's users what it means to, and nothing else", () => {
    expectExports("middleware/index.ts", library, EXPORTS);
    expectExports("middleware/client/index.ts", client, CLIENT_EXPORTS);
    expectExports("middleware/testing.ts", testing, TESTING_EXPORTS);
  });

  it("leaves Express's internals alone", () => {
    expect(files.filter((file) => EXPRESS_INTERNALS.test(readSource(file)))).to.deep.equal([]);
    expect(imports.filter(({ to }) => to.startsWith("express/"))).to.deep.equal([]);
  });

  it("keeps every file short, and app.ts shorter", () => {
    expect(files.filter((file) => lines(file) > MAX_LINES)).to.deep.equal([]);
    expect(lines("app.ts")).to.be.at.most(MAX_LINES_OF_APP);
  });

  it("is what the bundler sees too", async () => {
    const known = new Set(imports.filter(({ typeOnly }) => !typeOnly).map(({ from, to }) => `${from} ${to}`));
    const seen = [...(await runtimeImports())].flatMap(([from, targets]) =>
      targets.map((to) => `${from} ${to}`),
    );
    expect(seen.length).to.be.above(files.length);
    expect(seen.filter((one) => !known.has(one))).to.deep.equal([]);
  });

  /** For each file what it imports at run time, as esbuild has it. */
  async function runtimeImports(): Promise<Map<string, string[]>> {
    const { metafile } = await build({
      entryPoints: files.filter((file) => !file.endsWith(".d.ts")),
      absWorkingDir: ROOT,
      outdir: "dist",
      bundle: true,
      write: false,
      metafile: true,
      platform: "node",
      format: "esm",
      packages: "external",
      loader: { ".css": "empty" },
      logLevel: "silent",
    });
    return new Map(
      Object.entries(metafile.inputs).map(([file, input]) => [file, input.imports.map(({ path }) => path)]),
    );
  }
});

function ruleOf(file: string) {
  return RULES.find((rule) => rule.files.test(file));
}

function isAllowed({ from, to, typeOnly }: Import): boolean {
  const rule = ruleOf(from);
  return rule !== undefined && (rule.may.test(to) || (typeOnly && rule.mayAsTypes?.test(to) === true));
}

function folderOf(file: string): string | undefined {
  return file.split("/")[0];
}

/** The way on which a file imports itself, if there is one. */
function pathBack(graph: ReadonlyMap<string, string[]>, start: string): string | undefined {
  const seen = new Set<string>();
  const ways = [[start]];
  for (let way = ways.pop(); way; way = ways.pop()) {
    for (const next of graph.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, next].join(" → ");
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

function expectExports(file: string, module: object, { values, types }: typeof EXPORTS): void {
  expect(Object.keys(module).sort(), file).to.deep.equal(values);
  expect(exportedNames(readSource(file)).sort(), file).to.deep.equal([...values, ...types].sort());
}

function exportedNames(source: string): string[] {
  const lists = Array.from(source.matchAll(/^export (?:type )?\{([^}]*)\} from/gm), ([, list]) => list ?? "");
  const listed = lists
    .flatMap((list) => list.split(","))
    .map((name) => name.replace(/^\s*type\s/, "").trim())
    .filter((name) => name !== "");
  const declared = source.matchAll(/^export (?:async )?(?:function|class|type|interface|const) (\w+)/gm);
  return [...listed, ...Array.from(declared, ([, name]) => name ?? "")];
}

function lines(file: string): number {
  return readSource(file).split("\n").length - 1;
}
