import { fileURLToPath } from "node:url";
import { type RunningCli, type StartOptions, start } from "./cli.ts";
import { ROOT } from "./imports.ts";
import { openRecording, type RecordingClient } from "./recording-client.ts";

/** A server of many processes. */
export interface WorkersServer {
  readonly server: RunningCli;
  readonly url: string;
  readonly wsUrl: string;
  /** Opens a client of the echo demo; gives it, greeted, and the process that serves it. */
  open(): Promise<Guest>;
}

/** A client of a server of many processes. */
export interface Guest extends RecordingClient {
  /** The process that serves it. */
  readonly pid: number;
}

/** A variable that names a file: while there is one, no worker starts. */
export const BROKEN = "TEST_WORKERS_ARE_BROKEN";

const APP = fileURLToPath(new URL("../../dist/app.js", import.meta.url));

/** Runs in each process before the app: has the access log tell processes apart, and breaks workers on demand. */
const PRELOAD = `
  import cluster from "node:cluster";
  import { existsSync } from "node:fs";
  import { createRequire } from "node:module";
  createRequire(${JSON.stringify(`${ROOT}/`)})("morgan").token("pid", () => process.pid);
  if (cluster.isWorker && existsSync(process.env.${BROKEN} ?? "")) process.exit(3);
`;

const ENV = {
  PORT: undefined,
  HOST: undefined,
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PRELOAD)}`,
};

/** Gives a suite's tests servers of many processes, which are gone after each test. */
export function useWorkers() {
  const running: RunningCli[] = [];

  afterEach(async () => {
    const ending = running.splice(0);
    for (const { process } of ending) process.kill("SIGKILL");
    await Promise.all(ending.map(({ outcome }) => outcome));
  });

  /** Runs the server with these arguments, whatever comes of it. */
  function launch(args: readonly string[], { env = {}, ...options }: StartOptions = {}): RunningCli {
    const few = args.includes("--connections") ? [] : ["--connections", "100"];
    const server = start(process.execPath, [APP, ...few, "--log", ":pid :url :status", ...args], {
      ...options,
      env: { ...ENV, ...env },
    });
    running.push(server);
    return server;
  }

  /** Starts the server, and waits until all of its workers accept. */
  async function serve(workers = 2, options: StartOptions = {}): Promise<WorkersServer> {
    const server = launch(["--port", "0", "--workers", String(workers)], options);
    const [, url = ""] = await server.said(/^Listening on (\S+) with \d+ workers\n/m);
    const wsUrl = url.replace(/^http/, "ws").slice(0, -1);
    let guests = 0;
    return {
      server,
      url,
      wsUrl,
      async open() {
        const query = `guest=${++guests}`;
        const client = await openRecording(`${wsUrl}/test/ws/?${query}`);
        await client.next();
        const [, pid] = await server.said(new RegExp(`^(\\d+) \\S+${query} 101$`, "m"));
        return Object.assign(client, { pid: Number(pid) });
      },
    };
  }

  return { launch, serve };
}
