import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { dial } from "./raw-socket.ts";
import { TIMEOUT } from "./timeouts.ts";

/** What to do where the tests behind nginx find no nginx. */
export const NGINX_HINT = "Tests behind nginx need it: install it with your system's packages (nginx)";

/** An nginx in front of a server. */
export interface Nginx {
  /** The Unix socket on which it listens: a port that is free cannot be asked for. */
  readonly path: string;
  stop(): Promise<void>;
}

/** A site that passes everything on, as nginx documents it for WebSockets; every timeout is nginx's default. */
const SITE = `
  map $http_upgrade $connection_upgrade {
    default upgrade;
    "" close;
  }
  server {
    listen 80;
    location / {
      proxy_pass http://127.0.0.1:8000;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    }
  }
`;

/** Where it listens. */
type Place = { readonly path: string } | { readonly host: string; readonly port: number };

/** Folders that nginx makes in one that may be root's, unless it is told otherwise. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
  .map((name) => `${name}_temp_path ${name};`)
  .join("\n  ");

function configuration(site: string, folder: string, port: number): string {
  return `
worker_processes 1;
events {}
http {
  access_log off;
  ${site.replace("listen 80;", `listen unix:${folder}/nginx.sock;`).replace("127.0.0.1:8000", `127.0.0.1:${port}`)}
}
`;
}

/**
 * Starts the nginx at a path, in front of a port.
 *
 * @param site what it serves, on port 80, from a server on port 8000: both are replaced
 */
export async function startNginx(program: string, port: number, site = SITE): Promise<Nginx> {
  const folder = await mkdtemp(join(tmpdir(), "c10k-nginx-"));
  const path = join(folder, "nginx.sock");
  return { path, stop: await run(program, folder, configuration(site, folder, port), { path }) };
}

/**
 * Starts the nginx at a path with a whole configuration, which has it listen on a port.
 *
 * @returns stops it
 */
export async function startWholeNginx(
  program: string,
  text: string,
  port: number,
): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "c10k-nginx-"));
  return run(program, folder, text, { host: "127.0.0.1", port });
}

async function run(
  program: string,
  folder: string,
  text: string,
  place: Place,
): Promise<() => Promise<void>> {
  await writeFile(join(folder, "nginx.conf"), text.replace(/^http \{$/m, `http {\n  ${TEMPORARY}`));
  const here = ["-p", folder, "-c", "nginx.conf", "-e", "stderr", "-g", "daemon off; pid nginx.pid;"];
  const child = spawn(program, here, { stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (line: string) => {
    errors += line;
  });
  await listening(child, place, () => errors);
  return async function stop() {
    child.kill("SIGTERM");
    await once(child, "exit");
    await rm(folder, { recursive: true });
  };
}

/** No event tells when it listens. */
async function listening(child: ChildProcess, place: Place, errors: () => string): Promise<void> {
  const deadline = performance.now() + TIMEOUT;
  for (;;) {
    try {
      (await dial(place)).socket.destroy();
      return;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline)
        throw new Error(`nginx does not listen: ${errors()}`, { cause: error });
      await nextTurn();
    }
  }
}
