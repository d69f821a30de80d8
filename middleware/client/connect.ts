import type { CloseEvent } from "../closure.ts";
import { ConnectionClosedOK, connectionClosed } from "../errors.ts";
import { MAX_DELAY } from "../timer.ts";
import { backoff } from "./backoff.ts";
import type { Address, Client, ClientState, Message } from "./client.ts";
import { createInbox } from "./inbox.ts";
import type { ClientOptions } from "./options.ts";
import { globalWebSocket, runtime, type WebSocketLike } from "./runtime.ts";
import { createSendQueue } from "./send-queue.ts";
import { socketUrl } from "./socket-url.ts";

/** What is told of an attempt of which nothing is known but that it failed. */
const FAILED: CloseEvent = { code: 1006, reason: "" };

/**
 * Connects to a WebSocket view, and again each time that the connection is lost, with jittered exponential back-off and
 * at once when a browser is back online, until it is closed: by `close()`, by `signal`, or by the server with a code of
 * `stopOn`. It returns at once, and never gives up by itself; `recv()` and `send()` wait for the connection.
 *
 * A browser does not tell why a handshake was refused: 401 and no network look the same, and both are tried again. A
 * server that wants a client to stay away accepts, and closes with 1008 or a code from 4000 on that is in `stopOn`.
 *
 * @param address absolute, or relative to the page; `http:` and `https:` stand for `ws:` and `wss:`. A function is asked
 * before each attempt, so that it can say where to go on, or fetch a token: one that throws or rejects counts as an attempt
 * that failed. Messages that were received but not taken yet are not lost: what is asked for after the last one taken may
 * bring them once more.
 * @param options when to connect again, when to stop, and who is told. Default: as each of them says
 * @returns the client, which is connecting
 * @throws TypeError at once for an address that is no URL, and where there is no `WebSocket`: on Node 20, pass that of
 * `ws` as an option
 *
 * @example
 * const ws = connect(() => `ws/?since=${last}`, { onClose: ({ delay }) => show("offline", delay) });
 * await ws.send("Hello!");
 * for await (const message of ws) last = show(message);
 */
export function connect(address: Address, options: ClientOptions = {}): Client {
  const { protocols = [], stopOn = [1000, 1005, 1008], connectTimeout = 20_000 } = options;
  const { firstDelay = 500, maxDelay = 15_000, resetAfter = 5_000 } = options;
  const { onConnecting, onOpen, onClose, WebSocket = globalWebSocket() } = options;
  if (typeof address !== "function") socketUrl(address);
  const inbox = createInbox<Message>();
  const queue = createSendQueue();
  const life = new AbortController();
  let state: ClientState = "connecting";
  let socket: WebSocketLike | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let openedAt = 0;
  let resolveClosed: (event: CloseEvent) => void;
  const closed = new Promise<CloseEvent>((resolve) => {
    resolveClosed = resolve;
  });

  function attempt(): void {
    clearTimeout(timer);
    state = "connecting";
    // First: what a callback throws is for its author to hear of, and stops nothing here.
    queueMicrotask(ask);
    onConnecting?.();
  }

  async function ask(): Promise<void> {
    try {
      const url = typeof address === "function" ? await address() : address;
      if (state === "connecting") open(url);
    } catch (error) {
      if (state === "connecting") retry({ code: 1006, reason: String(error) });
    }
  }

  function open(url: string | URL): void {
    const next = new WebSocket(socketUrl(url), protocols);
    socket = next;
    timer = setTimeout(
      () => {
        next.close();
        lost(next, FAILED);
      },
      Math.min(connectTimeout, MAX_DELAY),
    );
    next.binaryType = "arraybuffer";
    next.addEventListener("open", () => opened(next));
    next.addEventListener("message", ({ data }) => inbox.push(data));
    next.addEventListener("close", ({ code, reason }) => lost(next, { code, reason }));
    // No close follows on it in Node 22, where nothing was open; and the class of `ws` throws what nobody listens to.
    next.addEventListener("error", () => state === "connecting" && lost(next, FAILED));
  }

  function opened(next: WebSocketLike): void {
    if (socket !== next) return;
    clearTimeout(timer);
    state = "open";
    openedAt = Date.now();
    queue.attach(next, () => onOpen?.());
  }

  function lost(last: WebSocketLike, event: CloseEvent): void {
    if (socket !== last) return;
    socket = undefined;
    if (state === "closed") finish(event);
    else if (stopOn.includes(event.code)) {
      end(connectionClosed(event.code, event.reason));
      finish(event);
    } else retry(event);
  }

  function retry(event: CloseEvent): void {
    clearTimeout(timer);
    if (state === "open" && Date.now() - openedAt >= resetAfter) failures = 0;
    const delay = backoff(failures++, firstDelay, Math.min(maxDelay, MAX_DELAY));
    state = "waiting";
    timer = setTimeout(attempt, delay);
    onClose?.({ ...event, delay });
  }

  /** From here on nothing is received or sent. */
  function end(error: Error): void {
    state = "closed";
    clearTimeout(timer);
    life.abort();
    queue.end(error);
    inbox.end(error);
  }

  /** The last socket is gone. */
  function finish(event: CloseEvent): void {
    resolveClosed(event);
    onClose?.({ ...event, delay: undefined });
  }

  function close(code = 1000, reason = ""): Promise<void> {
    const last = socket;
    if (state === "open") {
      queue.drain();
      last?.close(code, reason);
      end(connectionClosed(code, reason));
    } else if (state !== "closed") {
      // Nothing was open, so nothing has to be waited for.
      socket = undefined;
      end(connectionClosed(code, reason));
      last?.close();
      finish({ code, reason });
    }
    return closed.then(() => {});
  }

  const { signal } = life;
  options.signal?.addEventListener("abort", () => close(), { signal });
  runtime.addEventListener?.("online", () => state === "waiting" && attempt(), { signal });
  // In a moment, so that the callbacks may use what this returns.
  queueMicrotask(() => {
    if (options.signal?.aborted) close();
    else if (state !== "closed") attempt();
  });

  return {
    closed,
    get state() {
      return state;
    },
    get protocol() {
      return socket?.protocol ?? "";
    },
    get queued() {
      return queue.size;
    },
    recv: inbox.recv,
    send: queue.send,
    close,
    async *[Symbol.asyncIterator]() {
      try {
        for (;;) yield await inbox.recv();
      } catch (error) {
        if (!(error instanceof ConnectionClosedOK)) throw error;
      }
    },
  };
}
