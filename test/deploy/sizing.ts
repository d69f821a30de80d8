/**
 * `npm run sizing`: what a WebSocket takes of a server, of nginx and of the kernel, and how many handshakes there are in a second; for the
 * sizing of `docs/deploy.md`.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { connector } from "../../commands/connector.ts";
import { checkFileLimit } from "../../commands/file-limit.ts";
import { pinnedLookup } from "../../commands/find-server.ts";
import { integer } from "../../commands/options.ts";
import { checkPortLimit } from "../../commands/port-limit.ts";
import type { Connection } from "../../middleware/connection.ts";
import { childrenOf } from "../support/children-of.ts";
import { findProgram } from "../support/find-program.ts";
import { NGINX_HINT } from "../support/nginx.ts";
import { findRedis, REDIS_HINT } from "../support/redis-server.ts";
import { type Site, startSite } from "./site.ts";

/** Clients that come and go before anything is measured: code is compiled by then, and buffers are as large as they get. */
const WARM_UP = 2000;

const KB = 1024;

/** What is looked at, in bytes. */
interface Look {
  /** What processes have resident: of the servers, and of nginx. */
  readonly servers: number;
  readonly nginx: number;
  /** What the kernel keeps of objects: sockets, files and the like. */
  readonly slab: number;
  /** What it keeps of sent bytes that nobody has read. */
  readonly buffers: number;
}

/** What connections took, and how fast they came. */
interface Taken extends Look {
  readonly handshakesPerSecond: number;
}

const { connections } = new Command("npm run sizing --")
  .description("Measure what a WebSocket takes of a server, of nginx and of the kernel.")
  .option("--connections <number>", "how many", integer(1, 1_000_000), 9900)
  .parse()
  .opts<{ connections: number }>();

const [nginx, redis] = [findProgram("nginx"), findRedis()];
if (nginx === undefined) throw new Error(NGINX_HINT);
if (redis === undefined) throw new Error(REDIS_HINT);
checkFileLimit(connections, "connections");
checkPortLimit(connections, "connections");

const directory = await mkdtemp(join(tmpdir(), "c10k-sizing-"));
const site = await startSite({ nginx, redis }, directory);
try {
  const [server] = site.servers;
  const direct = await measure(site, server?.wsUrl ?? "");
  const proxied = await measure(site, site.wsUrl);
  console.log(
    `${tableOf(direct, proxied)}\nper WebSocket, of ${connections}; the clients are on this machine, too`,
  );
} finally {
  await site.stop();
  await rm(directory, { recursive: true });
}

/** Connects all twice, and looks the second time: what a process has once been given it keeps for the next ones. */
async function measure(site: Site, wsUrl: string): Promise<Taken> {
  const connect = connector(pinnedLookup("127.0.0.1"));
  const open = (count: number): Promise<Connection[]> =>
    Promise.all(Array.from({ length: count }, () => connect(`${wsUrl}/test/ws/`)));
  await closeAll(await open(Math.min(WARM_UP, connections)));
  const before = await look(site);
  const begin = performance.now();
  const all = await open(connections);
  const seconds = (performance.now() - begin) / 1000;
  await Promise.all(all.map((ws) => ws.recv()));
  const after = await look(site);
  await closeAll(all);
  const each = (name: keyof Look) => (after[name] - before[name]) / connections;
  return {
    servers: each("servers"),
    nginx: each("nginx"),
    slab: each("slab"),
    buffers: each("buffers"),
    handshakesPerSecond: connections / seconds,
  };
}

async function closeAll(all: readonly Connection[]): Promise<void> {
  await Promise.all(all.map((ws) => ws.close()));
}

async function look({ servers }: Site): Promise<Look> {
  const children = childrenOf(process.pid);
  const masters = await namesake(children, "nginx");
  return {
    servers: await resident(servers.map(({ running }) => running.process.pid ?? 0)),
    nginx: await resident(masters.flatMap((master) => childrenOf(master))),
    slab: (await numberIn("/proc/meminfo", /^Slab:\s*(\d+) kB$/m)) * KB,
    buffers: (await numberIn("/proc/net/sockstat", /^TCP: .* mem (\d+)$/m)) * 4 * KB,
  };
}

async function namesake(pids: readonly number[], name: string): Promise<number[]> {
  const names = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/comm`, "utf8")));
  return pids.filter((_, index) => names[index]?.trim() === name);
}

async function resident(pids: readonly number[]): Promise<number> {
  const kilobytes = await Promise.all(
    pids.map((pid) => numberIn(`/proc/${pid}/status`, /^VmRSS:\s*(\d+) kB$/m)),
  );
  return kilobytes.reduce((sum, one) => sum + one, 0) * KB;
}

async function numberIn(file: string, pattern: RegExp): Promise<number> {
  return Number(pattern.exec(await readFile(file, "utf8"))?.[1] ?? Number.NaN);
}

function tableOf(direct: Taken, proxied: Taken): string {
  const table = new Table({
    head: ["", "one server", "behind nginx"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right"],
  });
  const rows: [string, keyof Taken, number, number][] = [
    ["of the servers' processes, kB", "servers", 1000, 1],
    ["of nginx's processes, kB", "nginx", 1000, 1],
    ["of the kernel's objects, kB: both ends, and those of nginx", "slab", 1000, 1],
    ["of the kernel's buffers, kB", "buffers", 1000, 1],
    ["handshakes/s", "handshakesPerSecond", 1, 0],
  ];
  for (const [what, name, unit, digits] of rows)
    table.push([what, ...[direct, proxied].map((taken) => (taken[name] / unit).toFixed(digits))]);
  return table.toString();
}
