import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { errorMessage, systemErrorCode } from "../errors.ts";
import { isNews, replay } from "./news.ts";
import type { Observer } from "./observer.ts";
import type { Share } from "./share.ts";

/** What a process is told: what to run, or to stop before that is done. */
type Order = Share | "stop";

/** Who hears of the processes. */
export interface Audience {
  /** Hears what becomes of all clients. */
  readonly observer: Observer;
  /** Is told in a line of a process that ended before its clients were done. */
  tell(line: string): void;
}

/** One process and its share. */
interface Runner {
  /** Resolves when it can begin, or never will. */
  readonly ready: Promise<unknown>;
  /** Resolves when it has ended, and all that it reported is heard. */
  readonly ended: Promise<void>;
  order(order: Order): void;
}

/** The same folder and kind of file as this one: source, or compiled. */
const ENTRY = fileURLToPath(new URL(`process${extname(import.meta.url)}`, import.meta.url));

/**
 * Runs each share in a process of its own; they begin together, when all are there.
 *
 * Clients of a process that ends early count as failed. When this process ends, however it does, the others do.
 *
 * @throws Interruption when `signal` aborts, after the processes have reported what came of their clients and ended
 */
export async function runProcesses(
  shares: readonly Share[],
  audience: Audience,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const runners = shares.map((share) => startRunner(share, audience, signal));
  signal.addEventListener("abort", () => orderAll(() => "stop"), { once: true });
  await Promise.all(runners.map(({ ready }) => ready));
  if (!signal.aborted) orderAll((share) => share);
  await Promise.all(runners.map(({ ended }) => ended));
  signal.throwIfAborted();

  function orderAll(order: (share: Share) => Order): void {
    for (const [index, share] of shares.entries()) runners[index]?.order(order(share));
  }
}

/**
 * The process has a process group of its own: Ctrl-C, which goes to the terminal's whole group, must not end it before it
 * has reported.
 */
function startRunner(share: Share, { observer, tell }: Audience, signal: AbortSignal): Runner {
  const child = fork(ENTRY, { detached: true, stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const account = keepAccount(share.clients, observer);
  child.on("message", (message) => {
    if (isNews(message)) replay(message, account);
  });
  const began = new Promise((resolve) => child.once("message", resolve));
  const ended = ending(child).then((how) => {
    if (account.left() === 0 || signal.aborted) return;
    tell(`A process ended early (${how}): ${account.left()} of its ${share.clients} clients are lost`);
    account.writeOff(`process ended (${how})`);
  });
  return {
    ready: Promise.race([began, ended]),
    ended,
    order(order) {
      // One that is gone tells so by its end.
      if (child.connected) child.send(order, () => {});
    },
  };
}

/** How a process ended, when nothing that it reported is on its way any more. */
function ending(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
    child.on("error", (error) => {
      if (child.pid === undefined) resolve(systemErrorCode(error) ?? errorMessage(error));
    });
  });
}

/** An observer's ear for one process, that knows how many of its clients are not done, and can count them as failed. */
interface Account extends Observer {
  left(): number;
  writeOff(cause: string): void;
}

function keepAccount(clients: number, observer: Observer): Account {
  let left = clients;
  let open = 0;
  return {
    opened(handshake) {
      open += 1;
      observer.opened(handshake);
    },
    echoed: observer.echoed,
    completed() {
      left -= 1;
      observer.completed();
    },
    closed() {
      open -= 1;
      observer.closed();
    },
    returned: observer.returned,
    failed(cause) {
      left -= 1;
      observer.failed(cause);
    },
    left: () => left,
    writeOff(cause) {
      for (; open > 0; open--) observer.closed();
      for (; left > 0; left--) observer.failed(cause);
    },
  };
}
