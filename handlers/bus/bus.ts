/**
 * Carries ephemeral messages between server processes: the contract of its backends. All of them pass one test suite,
 * `test/handlers/bus/describe-bus.ts`.
 *
 * - **At most once.** Whoever is subscribed when a message is published hears it once, or, where a process or a broker fails, not
 *   at all. Nothing is kept for those who come later. A listener that has missed something, or may have, is told: see
 *   {@link BusListener.missed}.
 * - **In order.** Messages of one publisher on one channel are heard in the order in which they were published.
 * - **No echo.** A bus does not hear what it publishes itself, unless a subscription asks for it.
 * - **The broker away.** Nothing throws, nothing waits: what is published meanwhile is lost. When the broker is back, all
 *   subscriptions are made anew, and each is told that it may have missed something. See {@link Bus.available}. It may be away for
 *   one process alone: what that one publishes meanwhile, the others miss without being told.
 * - **In one piece.** The messages that are published in one turn of the event loop travel together.
 * - **Any text.** A message comes out as it went in. A channel is named by 1 to 200 characters.
 */

/** Hears a channel. What it throws is the process's: it should not. */
export interface BusListener {
  hear(message: string): void;
  /** Some messages may be missing before the next: the broker was away, or this process did not read fast enough. */
  missed?(): void;
}

/** What a subscription is made with. */
export interface SubscribeOptions {
  /** Whether to hear what this bus publishes, too. Default: false. */
  readonly echo?: boolean | undefined;
}

/** A listener's place on a channel. */
export interface Subscription {
  /**
   * Resolves when all is heard that is published from now on, by whichever process. While the broker is away, and once the
   * subscription or the bus has ended, that is not to come: then it stays as it is. It never rejects.
   */
  readonly ready: Promise<void>;
  /** Ends it: the listener hears nothing any more. Calling it again is harmless. */
  end(): void;
}

/** One process's end of the bus. */
export interface Bus {
  /** Whether messages pass, as far as is known. */
  readonly available: boolean;

  /** Whether there can be no other process: what is published is heard by nobody but, on demand, the publisher. */
  readonly isAlone: boolean;

  /** Sends a message to all who are subscribed to a channel. */
  publish(channel: string, message: string): void;

  /** Lets a listener hear a channel. The same listener may be subscribed more than once, and hears as often. */
  subscribe(channel: string, listener: BusListener, options?: SubscribeOptions): Subscription;

  /** Calls the listener whenever {@link Bus.available} changes. @returns stops it */
  onAvailability(listener: (available: boolean) => void): () => void;

  /** Ends all subscriptions; what was published before is sent. Resolves when nothing is open any more. What comes later has no effect. */
  close(): Promise<void>;
}
