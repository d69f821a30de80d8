import { get, IncomingMessage } from "node:http";
import { join } from "node:path";
import { type RunningCli, start } from "../support/cli.ts";
import { ROOT } from "../support/imports.ts";
import { startWholeNginx } from "../support/nginx.ts";
import { freePort, type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { until } from "../support/until.ts";
import { execForm, NGINX_CONF, readCompose, upstreamAddresses } from "./files.ts";

/** What is deployed: nginx, two servers behind it, and their Redis, as `docs/deploy/` has them. */
export interface Site {
  /** Of nginx: `http://localhost:PORT` */
  readonly url: string;
  /** Of nginx: `ws://localhost:PORT` */
  readonly wsUrl: string;
  readonly servers: readonly SiteServer[];
  readonly redis: RedisServer;
  /** Restarts one server after the other, each when the one before is back and all is calm. */
  roll(): Promise<void>;
  stop(): Promise<void>;
}

/** One of the servers. */
export interface SiteServer {
  readonly url: string;
  readonly wsUrl: string;
  /** The process that serves now. */
  readonly running: RunningCli;
  /** Ends it by SIGTERM, and starts another one when it has ended, which accepts then. */
  restart(): Promise<void>;
  kill(): Promise<void>;
}

/** The programs of the machine that a site needs. */
export interface Programs {
  readonly nginx: string;
  readonly redis: string;
}

/** How many requests go by before all is calm: enough to meet each of nginx's processes. */
const CALM = 50;

/** How long a program of a site may run, in milliseconds. */
const LIFETIME = 600_000;

/** Starts a site, with what it keeps in a directory. */
export async function startSite({ nginx, redis: program }: Programs, directory: string): Promise<Site> {
  const redis = await startRedisServer(program, directory);
  const [one, two] = [await startServer(redis, directory), await startServer(redis, directory)];
  const servers = [one, two];
  const port = await freePort();
  const stopNginx = await startWholeNginx(nginx, configuration(port, servers), port);
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    wsUrl: `ws://127.0.0.1:${port}`,
    servers,
    redis,
    async roll() {
      for (const server of servers) {
        await server.restart();
        await calm([url, ...servers.map((one) => one.url)]);
      }
    },
    async stop() {
      await stopNginx();
      await Promise.all(servers.map((server) => server.kill()));
      await redis.kill();
    },
  };
}

/**
 * Resolves when the servers are through with handshakes that the one which restarted has refused: nginx asks no third time. Requests
 * that come later wait behind those, in nginx and in the servers.
 */
async function calm(urls: readonly string[]): Promise<void> {
  for (let round = 0; round < CALM; round++) {
    for (const url of urls) await ask(`${url}/healthz`);
  }
}

/** Asks with a connection of its own. */
async function ask(url: string): Promise<void> {
  const [response] = await until(get(url, { agent: false }), "response");
  if (response instanceof IncomingMessage) await until(response.resume(), "close");
}

/** The nginx.conf with the ports of this machine. */
function configuration(port: number, servers: readonly SiteServer[]): string {
  return upstreamAddresses().reduce(
    (text, address, index) => text.replace(address, new URL(servers[index]?.url ?? "").host),
    NGINX_CONF.replace("listen 80 ", `listen 127.0.0.1:${port} `),
  );
}

/** Starts a server as the image does, on a port of its own that it keeps. */
async function startServer(redis: RedisServer, directory: string): Promise<SiteServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [, ...args] = execForm("CMD").map((arg) => (arg === "/data" ? join(directory, "data") : arg));
  const env = environment(redis, port);

  async function launch(): Promise<RunningCli> {
    const server = start(process.execPath, args, { cwd: ROOT, env, timeout: LIFETIME });
    await server.said(/^Listening on /m);
    while (!(await fetch(`${url}/healthz`)).ok);
    return server;
  }

  let running = await launch();
  return {
    url,
    wsUrl: url.replace("http", "ws"),
    get running() {
      return running;
    },
    async restart() {
      running.process.kill("SIGTERM");
      const { code, stderr } = await running.outcome;
      if (code !== 0 || stderr !== "") throw new Error(`A server ended with ${code}: ${stderr}`);
      running = await launch();
    },
    async kill() {
      running.process.kill("SIGKILL");
      await running.outcome;
    },
  };
}

/** What the compose file says, but for the places. */
function environment(redis: RedisServer, port: number): NodeJS.ProcessEnv {
  const { environment = {} } = readCompose().services.server1;
  return { HOST: "127.0.0.1", ...environment, REDIS_URL: redis.url, PORT: String(port) };
}
