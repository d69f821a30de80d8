/** How many pongs may wait to be written before pings are answered for the latest one only. */
const MAX_UNWRITTEN = 60;

/** Sends a pong, and calls back when it is written, or never will be. */
export type SendPong<P> = (payload: P, written: () => void) => void;

/**
 * The answers to a peer's pings. To a peer that pings and does not read, only the most recent ping is answered (RFC 6455
 * §5.5.3), so that it cannot fill memory.
 */
export class Pongs<P> {
  readonly #send: SendPong<P>;
  #unwritten = 0;
  /** The payload of the ping that is answered next. */
  #latest: P | undefined;

  constructor(send: SendPong<P>) {
    this.#send = send;
  }

  answer(payload: P): void {
    if (this.#unwritten >= MAX_UNWRITTEN) this.#latest = payload;
    else this.#answerNow(payload);
  }

  #answerNow(payload: P): void {
    this.#unwritten += 1;
    this.#send(payload, () => this.#written());
  }

  #written(): void {
    this.#unwritten -= 1;
    const latest = this.#latest;
    if (latest === undefined) return;
    this.#latest = undefined;
    this.#answerNow(latest);
  }
}
