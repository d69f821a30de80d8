import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../package-root.ts";
import type { DialectName } from "./load/dialect.ts";

/** A library that is measured. */
export interface Peer {
  /** Its name, which is that of its npm package. */
  readonly name: string;
  /** The module of its server, in `servers/`. */
  readonly server: string;
  /** How its clients talk. Default: plain messages. */
  readonly dialect?: DialectName;
  /** Whether its package is a runtime of its own, which runs its server instead of Node. Default: false. */
  readonly isRuntime?: boolean;
}

/** A peer that can be measured. */
export interface InstalledPeer extends Peer {
  readonly version: string;
  /** The command that starts its server. */
  readonly command: readonly string[];
}

/** What this library is called among its peers. */
export const OURS = "express-c10k";

/** What all others are compared with. */
export const BASELINE = "ws";

/** All that are measured, in the order of the tables. */
export const PEERS: readonly Peer[] = [
  { name: OURS, server: "express-c10k" },
  { name: BASELINE, server: "ws" },
  { name: "express-ws", server: "express-ws" },
  { name: "@fastify/websocket", server: "fastify-websocket" },
  { name: "websocket-express", server: "websocket-express" },
  { name: "socket.io", server: "socket.io", dialect: "socket.io" },
  { name: "bun", server: "bun", isRuntime: true },
];

/** The peer, ready to be started; undefined if its package is not installed. */
export function findPeer(peer: Peer): InstalledPeer | undefined {
  const root = packageRoot();
  const folder = peer.name === OURS ? root : packageFolder(peer.name, root);
  if (!folder) return undefined;
  const { version, bin } = manifestOf(folder);
  const runtime = peer.isRuntime ? fileURLToPath(new URL(bin?.[peer.name] ?? "", folder)) : process.execPath;
  const server = fileURLToPath(new URL(`dist/commands/bench/servers/${peer.server}.js`, root));
  return { ...peer, version, command: [runtime, server] };
}

/** Where npm has put a package: here, or in a folder above. A package need not let its `package.json` be resolved. */
function packageFolder(name: string, from: URL): URL | undefined {
  const folder = new URL(`node_modules/${name}/`, from);
  if (existsSync(new URL("package.json", folder))) return folder;
  const parent = new URL("..", from);
  return parent.href === from.href ? undefined : packageFolder(name, parent);
}

function manifestOf(folder: URL): { version: string; bin?: Record<string, string> } {
  return JSON.parse(readFileSync(new URL("package.json", folder), "utf8"));
}
