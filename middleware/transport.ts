/**
 * With `light-websocket.ts`, what reaches below the documented surface of a `WebSocket` of `ws`, which can complete a handshake only
 * by writing the 101 itself. What it relies on is declared in `ws.d.ts`, and held by `test/middleware/transport.test.ts`.
 */

import type { Socket } from "node:net";
import { type ReceiverOptions, WebSocket } from "ws";
import { afterPromises } from "./after-promises.ts";
import type { Agreement } from "./agreement.ts";
import { Allowance } from "./allowance.ts";
import { checkCloseCode, checkReason } from "./close-frame.ts";
import { Closure } from "./closure.ts";
import { Inbox, type Source } from "./inbox.ts";
import { LightWebSocket, receiverOptions } from "./light-websocket.ts";
import { type Message, toBuffer } from "./message.ts";
import type { Settings } from "./options.ts";
import { Outbox, type Sink } from "./outbox.ts";
import { Pings } from "./pings.ts";
import { Pongs } from "./pongs.ts";
import type { ViewTally } from "./tally.ts";
import type { Tracker } from "./tracker.ts";
import { type Meters, sizeOf } from "./traffic.ts";

/** Policy Violation (RFC 6455 §7.4.1). */
const POLICY_VIOLATION = 1008;

/** Try Again Later (IANA WebSocket close codes). */
const TRY_AGAIN_LATER = 1013;

const NOTHING = Buffer.alloc(0);

/** What makes a client's side: where to, whether it answers pings, and `options` as `ws` takes them. */
export interface Client {
  readonly url: string;
  readonly protocols: string[];
  readonly autoPong: boolean;
  readonly options: object;
}

/**
 * A WebSocket of `ws`, with an inbox, an outbox and a closure. Its own `send` and `close` go on working: they first flush
 * the outbox, so that order is kept.
 */
export class Transport extends LightWebSocket implements Source, Sink {
  readonly settings: Settings;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly closure = new Closure();
  /** The socket underneath; undefined until a client's handshake is done. */
  socket: Socket | undefined;
  plainSocket: Socket | undefined;
  /** The peer's; behind a proxy that Express trusts, not the socket's. */
  address: string | undefined;
  /** Who is to be told when the socket is gone. */
  tracker: Tracker | undefined;
  /** What is counted of the view that accepted it; undefined for a client. */
  view: ViewTally | undefined;
  /** Count what passes: those of the view, unless somebody wants to know it of this connection. */
  meters: Meters | undefined;
  #pings: Pings | undefined;
  readonly #autoPong: boolean;
  #pongs: Pongs<Buffer> | undefined;
  /** Undefined where the peer may send as much as it likes. */
  readonly #allowance: Allowance | undefined;
  /** So that what listens for it hears of it once. */
  #isOpened = false;
  /** Whether the last `close` was the first: `ws` closes just before it emits the error that is the cause. */
  #hasBegunLast = false;
  /** Whether the peer has ended the connection, and the handler may still answer what had come before. */
  #isEnding = false;

  constructor(settings: Settings, client?: Client) {
    const { closeTimeout } = settings;
    const options = client ? { ...client.options, autoPong: false } : { closeTimeout, autoPong: false };
    // The declarations know no constructor that takes both null and options, and a server's socket needs options too.
    super((client ? client.url : null) as string, client?.protocols ?? [], options);
    this.settings = settings;
    this.#autoPong = client?.autoPong ?? true;
    this.inbox = new Inbox(this, settings.recvHighWaterMark, settings.maxPayload);
    this.outbox = new Outbox(this, settings.sendHighWaterMark, settings.maxBufferedAmount);
    const { maxMessagesPerSecond, maxMessageBurst } = settings;
    if (maxMessagesPerSecond !== Number.POSITIVE_INFINITY)
      this.#allowance = new Allowance(maxMessagesPerSecond, maxMessageBurst);
  }

  /** The server's side of the transplant: takes the socket over. */
  take(socket: Socket, { protocol, compression }: Agreement): void {
    this._protocol = protocol;
    if (compression) this._extensions = { [compression.name]: compression.extension };
    this.setSocket(socket, NOTHING, receiverOptions(this.settings.maxPayload));
  }

  override setSocket(socket: Socket, head: Buffer, options: ReceiverOptions): void {
    this.socket = socket;
    if (Object.keys(this._extensions).length === 0) this.plainSocket = socket;
    super.setSocket(socket, head, options);
  }

  message(message: Message, size: number): void {
    if (!this.#isAllowed()) return;
    this.meters?.received.add(size);
    this.inbox.push(message);
  }

  /** What a sender is told once nothing can be sent any more. */
  get closeError(): Error | undefined {
    // A socket that has broken tells in its own time, which a loop that sends all the while would never let come.
    const isBroken = this.isDestroyed || this.readyState > WebSocket.OPEN;
    if (!this.closure.error && isBroken) this.#beginToClose(1006, "");
    return this.closure.error;
  }

  get isDestroyed(): boolean {
    return this.socket?.destroyed === true;
  }

  /** A pong that answers no ping is allowed (RFC 6455 §5.5.3): it waits in line like any frame, and tells when it was written. */
  whenWritten(callback: (error?: Error | null) => void): void {
    this.sendControl("pong", "", callback);
  }

  sendMessage(message: Message, callback?: (error?: Error) => void): void {
    super.send(message, { binary: typeof message !== "string" }, callback);
  }

  giveUp(): void {
    this.close(TRY_AGAIN_LATER, "Too far behind");
  }

  override pause(): void {
    this.#allowance?.pause();
    super.pause();
  }

  override resume(): void {
    this.#allowance?.resume();
    super.resume();
  }

  /** Pings the peer; resolves with the milliseconds that its pong took. */
  measure(): Promise<number> {
    this.#pings ??= new Pings();
    const { payload, pong } = this.#pings.begin();
    this.sendControl("ping", payload);
    return pong;
  }

  sendPing(): void {
    this.sendControl("ping", "");
  }

  /** Called by `ws` too, to answer a close frame or to refuse a frame: so every end begins here, or with the socket. */
  override close(code?: number, reason?: string | Buffer): void {
    if (code !== undefined) checkCloseCode(code);
    checkReason(reason);
    const open = this.readyState === WebSocket.OPEN;
    if (open && this.#isEnding) return;
    this.#hasBegunLast = open;
    this.#isEnding = open && (this._closeFrameReceived || Boolean(this._receiver?.errored));
    // A message of the same segment has only just been handed out: its handler has had no turn to answer it (RFC 6455 §5.5.1).
    if (this.#isEnding) afterPromises(() => this.#close(code, reason));
    else this.#close(code, reason);
  }

  #close(code?: number, reason?: string | Buffer): void {
    const open = this.readyState === WebSocket.OPEN;
    if (open) this.outbox.flush();
    super.close(code, reason);
    if (open || this.#isEnding) this.#beginToClose(code ?? 1005, reason?.toString() ?? "");
    if (this.closure.error) this.inbox.end(this.closure.error);
  }

  override send(...args: unknown[]): void {
    this.outbox.flush();
    if (this.readyState === WebSocket.OPEN) this.meters?.sent.add(sizeOf(args[0]));
    Reflect.apply(super.send, this, args);
  }

  /** Every event of `ws` passes here: that costs a parked connection no listener of its own. */
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    const [first, second] = args;
    if (event === "open") {
      if (this.#isOpened) return false;
      this.#isOpened = true;
    }
    if (event === "message") {
      if (!this.#isAllowed()) return false;
      this.#received(first, second === true);
    } else if (event === "ping" && Buffer.isBuffer(first)) this.#answer(first);
    else if (event === "pong") this.#pings?.pong(String(first));
    else if (event === "close") this.#ended(Number(first), String(second));
    else if (event === "error") {
      this.closure.failed = this.#hasBegunLast;
      // An error is the end of one connection, told by its closure: never of the process, as an unheard "error" would be.
      if (this.listenerCount("error") === 0) return false;
    }
    return super.emit(event, ...args);
  }

  /** Not left to `ws`, of which only some versions bound the pongs of a peer that pings and does not read. */
  #answer(ping: Buffer): void {
    if (!this.#autoPong || this.readyState !== WebSocket.OPEN) return;
    this.#pongs ??= new Pongs((payload, written) => this.sendControl("pong", payload, written));
    this.#pongs.answer(ping);
  }

  /** A message too many is for nobody. */
  #isAllowed(): boolean {
    if (!this.#allowance || this.#allowance.take()) return true;
    this.close(POLICY_VIOLATION, "Too many messages");
    return false;
  }

  #received(data: unknown, isBinary: boolean): void {
    const message = toBuffer(data);
    this.meters?.received.add(sizeOf(message ?? data));
    // With a listener of its own, `raw` is read in the way of `ws`: an inbox that nobody empties would hold the peer back.
    if (this.listenerCount("message") > 0) return;
    if (message) this.inbox.push(isBinary ? message : message.toString());
    else this.close(1011, "A Blob cannot be received");
  }

  #beginToClose(code: number, reason: string): void {
    const error = this.closure.begin(code, reason);
    if (error) this.#pings?.end(error);
  }

  #ended(code: number, reason: string): void {
    this.#beginToClose(code, reason);
    if (this.closure.error) {
      this.inbox.end(this.closure.error);
      this.outbox.end(this.closure.error);
    }
    this.closure.end(code, reason);
    this.tracker?.forget(this);
  }
}

/**
 * The transport of a connection, from its `raw`.
 *
 * @throws TypeError for anything that is no connection of this library
 */
export function transportOf({ raw }: { readonly raw: unknown }): Transport {
  if (raw instanceof Transport) return raw;
  throw new TypeError("Not a connection of express-c10k");
}
