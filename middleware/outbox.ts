import type { Socket } from "node:net";
import { encodeFrame, frameSize } from "./frame.ts";
import { encodeFrames, merge, mergeOnce, type Piece } from "./merge.ts";
import type { Message } from "./message.ts";
import { rejected } from "./rejected.ts";
import { type AtEndOfTurn, createTurn } from "./turn.ts";

/** What an outbox needs of the connection that it writes for. */
export interface Sink {
  /** Where frames are written; undefined where `ws` has to frame each message, to compress it. */
  readonly plainSocket: Socket | undefined;
  /** Whether what is sent is masked, as a client's is. */
  readonly masks: boolean;
  /** Bytes that the socket, or the framing, has taken and not yet written. */
  readonly bufferedAmount: number;
  /** Whether the socket is destroyed, and what it had taken is lost. */
  readonly isDestroyed: boolean;
  /** Frames one message and writes it. */
  sendMessage(message: Message, callback?: Written): void;
  /** Calls back when all that is buffered now is written. */
  whenWritten(callback: Written): void;
  /** Ends a connection whose peer is too far behind. */
  giveUp(): void;
  /** What a sender is told once nothing can be written any more; undefined while something can. */
  readonly closeError: Error | undefined;
}

type Written = (error?: Error | null) => void;

interface Waiter {
  resolve(): void;
  reject(reason: unknown): void;
}

/** Frames of so many bytes are handed to the socket at once, not at the end of the turn. */
const FLUSH_AT = 64 * 1024;

/** One for all, as the event loop is, and empty between two turns of it. */
const atEndOfTurn = createTurn();

/** What `send()` gives where nobody has to wait. */
const SENT = Promise.resolve();

/**
 * A connection's frames of this turn of the event loop. They are written together at its end: a burst of messages costs
 * one system call, not one each.
 */
export class Outbox implements AtEndOfTurn {
  readonly #sink: Sink;
  readonly #highWaterMark: number;
  readonly #maxBufferedAmount: number;
  #pending: Piece[] | undefined;
  #pendingBytes = 0;
  /** How many of them are of broadcasts. */
  #relayed = 0;
  #turnBytes = 0;
  /** Both lists are made when there is something for them: most connections have nothing most of the time. */
  #waiters: Waiter[] | undefined;

  /**
   * @param highWaterMark bytes unwritten at which senders wait
   * @param maxBufferedAmount bytes unwritten at which the connection is given up
   */
  constructor(sink: Sink, highWaterMark: number, maxBufferedAmount: number) {
    this.#sink = sink;
    this.#highWaterMark = highWaterMark;
    this.#maxBufferedAmount = maxBufferedAmount;
  }

  /** Bytes that were sent and are not yet written to the network. */
  get bufferedAmount(): number {
    return this.#pendingBytes + this.#sink.bufferedAmount;
  }

  /**
   * Sends one message; resolves when less than the high-water mark is waiting to be written. Who sends more than that in one
   * turn waits for its end in any case: to a peer that reads fast enough, a loop would keep the process for itself. Who waits
   * for nothing gives the connection up in the end.
   *
   * @param length of the message, in bytes
   */
  send(message: Message, length: number): Promise<void> {
    const { bufferedAmount } = this;
    if (bufferedAmount > this.#maxBufferedAmount) {
      this.#sink.giveUp();
      return rejected(this.#sink.closeError);
    }
    const size = frameSize(length, this.#sink.masks);
    const ahead = Math.max(bufferedAmount, this.#turnBytes);
    const sent = ahead + size < this.#highWaterMark ? SENT : this.#drained();
    this.#add(message, size);
    return sent;
  }

  /**
   * Adds the messages of a broadcast, which waits for nobody: a connection too far behind is given up. `frames` gives the
   * messages' frames, made once for all of their receivers: it is not called where each of them needs frames of its own.
   */
  relay(messages: readonly Message[], frames: () => Buffer): void {
    if (this.bufferedAmount > this.#maxBufferedAmount) {
      this.#sink.giveUp();
    } else if (this.#sink.plainSocket) {
      const framed = this.#sink.masks ? encodeFrames(messages, true) : frames();
      this.#relayed += 1;
      this.#push(framed, framed.length);
    } else {
      for (const message of messages) this.#sink.sendMessage(message, this.#whenWritten());
    }
  }

  endOfTurn(): void {
    this.flush();
    this.#turnBytes = 0;
    // Where more is buffered, what waits is called back when its own frame is written.
    if (this.#waiters && this.bufferedAmount < this.#highWaterMark) this.#wake();
  }

  /** Hands all frames to the socket. */
  flush(): void {
    const pending = this.#pending;
    if (!pending) return;
    const bytes = this.#pendingBytes;
    const join = this.#relayed === pending.length ? mergeOnce : merge;
    this.#pending = undefined;
    this.#pendingBytes = 0;
    this.#relayed = 0;
    if (this.#sink.plainSocket && !this.#sink.closeError) {
      this.#sink.plainSocket.write(join(pending, bytes, this.#sink.masks), this.#whenWritten());
    }
  }

  /** The connection is gone: nobody waits any longer. */
  end(error: Error): void {
    const waiters = this.#waiters ?? [];
    this.#waiters = undefined;
    this.#pending = undefined;
    this.#pendingBytes = 0;
    this.#relayed = 0;
    for (const waiter of waiters) waiter.reject(error);
  }

  #add(message: Message, size: number): void {
    if (!this.#sink.plainSocket) {
      this.#count(size);
      this.#sink.sendMessage(message, this.#whenWritten());
    } else if (typeof message === "string") {
      this.#push(message, size);
    } else {
      // A copy: the caller may fill its buffer anew before the turn is over.
      this.#push(encodeFrame(message, this.#sink.masks), size);
    }
  }

  #push(piece: Piece, size: number): void {
    this.#count(size);
    this.#pendingBytes += size;
    this.#pending ??= [];
    this.#pending.push(piece);
    if (this.#pendingBytes >= FLUSH_AT) this.flush();
  }

  #count(size: number): void {
    if (this.#turnBytes === 0) atEndOfTurn(this);
    this.#turnBytes += size;
  }

  #drained(): Promise<void> {
    const drained = new Promise<void>((resolve, reject) => {
      this.#waiters ??= [];
      this.#waiters.push({ resolve, reject });
    });
    // A send that nobody awaits must not become an unhandled rejection when the connection closes.
    drained.catch(() => {});
    return drained;
  }

  /** What to call when the next frames are written: nothing where nobody waits, which is nearly always. */
  #whenWritten(): Written | undefined {
    if (!this.#waiters) return undefined;
    return (error) => {
      // Those whose frames could not be written learn that from the connection's end. A socket that is destroyed calls back
      // without an error for the write that was under way.
      if (!error && !this.#sink.isDestroyed) this.#wake();
    };
  }

  #wake(): void {
    if (this.bufferedAmount < this.#highWaterMark) {
      const waiters = this.#waiters ?? [];
      this.#waiters = undefined;
      for (const waiter of waiters) waiter.resolve();
    } else {
      // Behind their frames are others, of a ping or of `raw`, and nobody tells when those are written.
      const whenWritten = this.#whenWritten();
      if (whenWritten) this.#sink.whenWritten(whenWritten);
    }
  }
}
