/** What is published in one turn of the event loop: leaves at its end, what is on one channel together. */
export class Outgoing {
  readonly #send: (channel: string, messages: readonly string[]) => void;
  #channels = new Map<string, string[]>();

  constructor(send: (channel: string, messages: readonly string[]) => void) {
    this.#send = send;
  }

  add(channel: string, message: string): void {
    if (this.#channels.size === 0) setImmediate(() => this.flush());
    const messages = this.#channels.get(channel);
    if (messages) messages.push(message);
    else this.#channels.set(channel, [message]);
  }

  flush(): void {
    const channels = this.#channels;
    this.#channels = new Map();
    for (const [channel, messages] of channels) this.#send(channel, messages);
  }
}
