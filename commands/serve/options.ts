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
  /** The Redis by which many servers share what they share. */
  readonly redis?: string;
  /** What all keys and channels of Redis begin with. */
  readonly redisPrefix: string;
  /** Whether that is a Redis Cluster. */
  readonly redisCluster: boolean;
  /** How many processes serve. With 1 there is no cluster: the process that was started serves. */
  readonly workers: number;
}

const MAX_WORKERS = 1024;

const SIGNALS = `
With more than one worker there is no Game of Life, and SIGHUP starts new
workers and ends the old ones, one by one. SIGTERM and Ctrl-C end the
server within ten seconds; a second one ends it at once.`;

/** Reads the options of this process; one that makes no sense ends it with a line that says why. */
export function readOptions(): ServeOptions {
  const port = new Option("-p, --port <port>", "the port; 0 for any that is free");
  const host = new Option("--host <host>", "the address to listen on (default: all of this machine)");
  const redis = new Option("--redis <url>", "share all with other servers by this Redis, or Valkey");
  const prefix = new Option("--redis-prefix <text>", "what its keys and channels begin with");
  return new Command("node dist/app.js")
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
    .addHelpText("after", SIGNALS)
    .parse()
    .opts<ServeOptions>();
}

/**
 * The same options as the arguments of a worker, which is told the port that was found. The URL of Redis, which may have a password in
 * it that is for nobody to see, goes by {@link environmentFor}.
 */
export function argumentsFor(options: ServeOptions, port: number): string[] {
  const { host, log, data, workers, redisPrefix, redisCluster } = options;
  const args = [`--port=${port}`, `--log=${log}`, `--data=${data}`, `--workers=${workers}`];
  if (host !== undefined) args.push(`--host=${host}`);
  if (redisCluster) args.push("--redis-cluster");
  return [...args, `--redis-prefix=${redisPrefix}`];
}

/** What else a worker is told. */
export function environmentFor({ redis }: ServeOptions): { readonly REDIS_URL?: string } {
  return redis === undefined ? {} : { REDIS_URL: redis };
}

/** An empty one, as a file of settings may have it, is as good as none. */
function redisUrl(text: string): string | undefined {
  if (text === "") return undefined;
  const { protocol = "", hostname = "" } = URL.canParse(text) ? new URL(text) : {};
  if (/^rediss?:$/.test(protocol) && hostname !== "") return text;
  throw new InvalidArgumentError("It must be a URL that starts with redis:// or rediss://.");
}

function workers(text: string): number {
  if (text === "auto") return availableParallelism();
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= MAX_WORKERS) return count;
  throw new InvalidArgumentError(`It must be an integer from 1 to ${MAX_WORKERS}, or auto.`);
}
