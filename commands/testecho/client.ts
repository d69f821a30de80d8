import { setTimeout as sleep } from "node:timers/promises";
import { backoff } from "../../middleware/client/backoff.ts";
import type { Connection } from "../../middleware/connection.ts";
import { ConnectionClosed } from "../../middleware/errors.ts";
import type { Connector } from "../connector.ts";
import type { Observer } from "./observer.ts";
import { answer, FAREWELL, GREETING, WORDS } from "./transcript.ts";

/** What all clients share. */
export interface Shared {
  readonly url: string;
  /** Milliseconds to wait before each word. */
  readonly delay: number;
  /** Milliseconds after which a server that does not answer has failed. */
  readonly timeout: number;
  /** How often a client begins anew when its server restarts. */
  readonly restarts: number;
  readonly connect: Connector;
  readonly observer: Observer;
}

/** What a server that is about to end closes with (RFC 6455 §7.4.1). */
const GOING_AWAY = 1001;

/** How long a client waits at most before it comes back, in milliseconds; the second time it is twice as long. */
const RETURN_DELAY = 1_000;

const MAX_RETURN_DELAY = 30_000;

/**
 * Connects after a random part of twice the delay, then goes through the whole transcript and the close. Where the server
 * restarts meanwhile, it comes back after a while and begins anew, as often as it may.
 *
 * @throws Error, whose type or message tells the cause, at the first thing that is not as it should be
 */
export async function client(shared: Shared): Promise<void> {
  await sleep(Math.random() * 2 * shared.delay);
  for (let restarts = 0; ; restarts++) {
    try {
      return await visit(shared);
    } catch (error) {
      if (restarts >= shared.restarts || !isGoingAway(error)) throw error;
    }
    shared.observer.returned();
    await sleep(backoff(restarts, RETURN_DELAY, MAX_RETURN_DELAY));
  }
}

function isGoingAway(error: unknown): boolean {
  return error instanceof ConnectionClosed && error.closeCode === GOING_AWAY;
}

async function visit(shared: Shared): Promise<void> {
  const { observer } = shared;
  const ws = await timedConnect(shared);
  try {
    await converse(ws, shared);
    observer.completed();
  } finally {
    void ws.close();
    observer.closed();
  }
}

async function timedConnect({ connect, url, observer }: Shared): Promise<Connection> {
  let start = 0;
  const ws = await connect(url, () => {
    start = performance.now();
  });
  observer.opened(performance.now() - start);
  return ws;
}

async function converse(ws: Connection, { delay, timeout, observer }: Shared): Promise<void> {
  await expectMessage(ws, GREETING, timeout);
  for (const [index, word] of WORDS.entries()) {
    await sleep(delay);
    const start = performance.now();
    await ws.send(word);
    await expectMessage(ws, answer(index, word), timeout);
    observer.echoed(performance.now() - start);
  }
  await expectMessage(ws, FAREWELL, timeout);
  await expectClose(ws, timeout);
}

async function expectMessage(ws: Connection, expected: string, timeout: number): Promise<void> {
  const message = await ws.recv({ timeout });
  if (message !== expected) throw new Error(`wrong message instead of "${expected}"`);
}

async function expectClose(ws: Connection, timeout: number): Promise<void> {
  try {
    await ws.recv({ timeout });
  } catch (error) {
    if (error instanceof ConnectionClosed && error.closeCode === 1000) return;
    throw error;
  }
  throw new Error(`message after "${FAREWELL}"`);
}
