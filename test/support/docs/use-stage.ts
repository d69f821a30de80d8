import { mkdir, mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type RunningCli, type StartOptions, start } from "../cli.ts";
import { ROOT } from "../imports.ts";
import type { Block } from "./blocks.ts";
import { Scope, setScope } from "./scope.ts";
import { writeBlock } from "./written-block.ts";

/** Below the root, where packages are found from; nobody keeps it. */
const CACHE = join(ROOT, "node_modules/.cache");

/** A block that has run to its end. */
export interface Run<Exports> {
  /** What the block exports, and the names that the test asked for. */
  readonly exports: Exports;
  /** The servers that the block listens with, in order. */
  readonly servers: readonly Server[];
  /** The port of the first of them. */
  readonly port: number;
  /** `http://localhost:PORT` */
  readonly url: string;
  /** `ws://localhost:PORT` */
  readonly wsUrl: string;
}

/** Where blocks run. */
export interface Stage {
  /** A folder from which packages are found, for as long as the suite runs. */
  folder(): string;
  run<Exports>(block: Block, names: Record<string, unknown>, gives: readonly string[]): Promise<Run<Exports>>;
  start(block: Block, options?: StartOptions): Promise<RunningCli>;
}

/** Gives a suite's tests a place where blocks run; after each test all that they have started is ended. */
export function useStage(): Stage {
  const scopes: Scope[] = [];
  const children: RunningCli[] = [];
  let folder = "";
  let runs = 0;

  before(async () => {
    await mkdir(CACHE, { recursive: true });
    folder = await mkdtemp(join(CACHE, "docs-"));
  });

  afterEach(async () => {
    const [ending, closing] = [children.splice(0), scopes.splice(0)];
    for (const { process } of ending) process.kill("SIGKILL");
    await Promise.all([...ending.map(({ outcome }) => outcome), ...closing.map((scope) => scope.close())]);
  });

  after(() => rm(folder, { recursive: true }));

  function nextFile({ line }: Block): string {
    runs += 1;
    return join(folder, `line-${line}-run-${runs}.mjs`);
  }

  return {
    folder: () => folder,

    async run<Exports>(block: Block, names: Record<string, unknown>, gives: readonly string[]) {
      const file = nextFile(block);
      const scope = new Scope(names);
      scopes.push(scope);
      setScope(file, scope);
      await writeBlock(file, block, { names: Object.keys(names), gives });
      const exports: Exports = await import(pathToFileURL(file).href);
      await scope.listening();
      const port = portOf(scope.servers[0]);
      const host = `localhost:${port}`;
      return { exports, servers: scope.servers, port, url: `http://${host}`, wsUrl: `ws://${host}` };
    },

    async start(block, options) {
      const file = nextFile(block);
      await writeBlock(file, block, { names: [], gives: [] });
      const child = start(process.execPath, ["--import", "tsx/esm", file], { cwd: ROOT, ...options });
      children.push(child);
      return child;
    },
  };
}

/** 0 where nothing listens. */
function portOf(server: Server | undefined): number {
  const address = server?.address();
  return typeof address === "object" && address ? address.port : 0;
}
