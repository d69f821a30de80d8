import { availableParallelism } from "node:os";
import { Command, InvalidArgumentError, Option } from "commander";
import { integer } from "../options.ts";

/** What `node dist/app.js` is told on the command line, or by its environment. */
export interface ServeOptions {
  readonly port: number;
  readonly host?: string;
  /** A format of morgan, or `off`. */
  readonly log: string;
  /** The directory that holds what is said in the chat. */
  readonly data: string;
  /** How many connections have to be possible, in all workers together. */
  readonly connections?: number;
  /** The Redis by which many servers share what they share: what all keys and channels begin with, and whether it is a cluster. */
  readonly redis?: { readonly url: string; readonly prefix: string; readonly cluster: boolean };
  /** Who may see what the server tells of itself: everybody, whoever has the token, or this machine alone. */
  readonly access: { readonly isPublic: boolean; readonly token: string | undefined };
  /** How many processes serve. With 1 there is no cluster: the process that was started serves. */
  readonly workers: number;
}

const MAX_WORKERS = 1024;

const NOTES = `
With more than one worker SIGHUP starts new ones and ends the old ones,
one by one. SIGTERM and Ctrl-C end the server within ten seconds; a second
one ends it at once.

/status/ and /metrics tell what the server does, to this machine alone. With
a token they do so to whoever sends it, as "Authorization: Bearer TOKEN" or
?token=TOKEN. Give it by the environment: others see a process's options.`;

/** Reads the options of this process; one that makes no sense ends it with a line that says why. */
export function readOptions(): ServeOptions {
  const port = new Option("-p, --port <port>", "the port; 0 for any that is free");
  const host = new Option("--host <host>", "the address to listen on (default: all of this machine)");
  const redis = new Option("--redis <url>", "share all with other servers by this Redis, or Valkey");
  const prefix = new Option("--redis-prefix <text>", "what its keys and channels begin with");
  const status = new Option("--status <who>", "who may see /status/ and /metrics");
  const token = new Option("--status-token <token>", "what opens them to other machines");
  const command = new Command("node dist/app.js")
    .description("Serve the demos: the Game of Life, the chat, the echo, the forms.")
    .addOption(port.env("PORT").argParser(integer(0, 65_535)).default(8000))
    .addOption(host.env("HOST"))
    .option("--log <format>", "log requests in this format of morgan; off for none", "tiny")
    .option("--data <dir>", "the directory of the chat; made at its first use", "data")
    .addOption(redis.env("REDIS_URL").argParser(redisUrl))
    .addOption(prefix.env("REDIS_PREFIX").default("c10k:"))
    .option("--redis-cluster", "the URL is of a node of a Redis Cluster", false)
    .option("--connections <count>", "make sure that so many connections can be held", integer(1, 10_000_000))
    .option("--workers <count>", "how many processes serve; auto for one a core", workers, 1)
    .addOption(status.choices(["local", "public"]).default("local"))
    .addOption(token.env("STATUS_TOKEN").argParser(statusToken))
    .addHelpText("after", NOTES)
    .parse();
  return grouped(command.opts<Flags>());
}

/** The options as commander has them. */
interface Flags extends Omit<ServeOptions, "redis" | "access"> {
  readonly redis?: string;
  readonly redisPrefix: string;
  readonly redisCluster: boolean;
  readonly status: "local" | "public";
  readonly statusToken?: string;
}

function grouped({ redis, redisPrefix, redisCluster, status, statusToken, ...options }: Flags): ServeOptions {
  return {
    ...options,
    ...(redis && { redis: { url: redis, prefix: redisPrefix, cluster: redisCluster } }),
    access: { isPublic: status === "public", token: statusToken || undefined },
  };
}

/**
 * The same options as the arguments of a worker, which is told the port that was found. What is for nobody to see, the URL of
 * Redis, which may have a password in it, and the token, goes by {@link environmentFor}.
 */
export function argumentsFor(options: ServeOptions, port: number): string[] {
  const { host, log, data, workers, redis, access } = options;
  const args = [`--port=${port}`, `--log=${log}`, `--data=${data}`, `--workers=${workers}`];
  if (host !== undefined) args.push(`--host=${host}`);
  if (redis) args.push(`--redis-prefix=${redis.prefix}`);
  if (redis?.cluster) args.push("--redis-cluster");
  if (access.isPublic) args.push("--status=public");
  return args;
}

/** What else a worker is told. */
export function environmentFor({ redis, access: { token } }: ServeOptions): NodeJS.ProcessEnv {
  return {
    ...(redis && { REDIS_URL: redis.url }),
    ...(token !== undefined && { STATUS_TOKEN: token }),
  };
}

/** An empty one, as a file of settings may have it, is as good as none. */
function redisUrl(text: string): string {
  const { protocol = "", hostname = "" } = URL.canParse(text) ? new URL(text) : {};
  if (text === "" || (/^rediss?:$/.test(protocol) && hostname !== "")) return text;
  throw new InvalidArgumentError("It must be a URL that starts with redis:// or rediss://.");
}

/** An empty one is none, as above. */
function statusToken(text: string): string {
  if (/^[!-~]*$/.test(text)) return text;
  throw new InvalidArgumentError("It must be of letters, digits and signs of ASCII, without a space.");
}

function workers(text: string): number {
  if (text === "auto") return availableParallelism();
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MAX_WORKERS) return count;
  throw new InvalidArgumentError(`It must be an integer from 1 to ${MAX_WORKERS}, or auto.`);
}
