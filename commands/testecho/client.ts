import { setTimeout as sleep } from "node:timers/promises";
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
  readonly connect: Connector;
  readonly observer: Observer;
}

/**
 * Connects after a random part of twice the delay, then goes through the whole transcript and the close.
 *
 * @throws Error, whose type or message tells the cause, at the first thing that is not as it should be
 */
export async function client(shared: Shared): Promise<void> {
  const { observer, delay } = shared;
  await sleep(Math.random() * 2 * delay);
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
