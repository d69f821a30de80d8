import { Client, type Target } from "./client.ts";
import { clientFrame } from "./client-frame.ts";

/** What a load has done. */
export interface Done {
  /** Handshakes, echoes, or messages that came of bursts. */
  readonly operations: number;
  /** How long that took. */
  readonly seconds: number;
}

/** How much is to be done, by the clock or by the count. */
export type Amount = { readonly seconds: number } | { readonly operations: number };

/** Clients of one server, which keep it busy. One thing at a time: each begins and ends with nothing in flight. */
export interface Load {
  /** Connects more clients. */
  open(clients: number): Promise<Done>;
  /**
   * Has each client keep so many messages in flight.
   *
   * @param amount how much; then what is in flight is still waited for
   */
  echo(depth: number, amount: Amount): Promise<Done>;
  /**
   * Has one client ask for bursts, each as soon as all clients have the one before.
   *
   * @param size messages that a burst sends to each client
   * @param amount how much; then the last burst is still waited for
   */
  burst(size: number, amount: Amount): Promise<Done>;
}

/** How many handshakes are under way at once. */
const HANDSHAKES_AT_ONCE = 256;

/** What goes on at the moment. */
interface Work {
  onOpen?(): void;
  onMessages?(client: Client, count: number): void;
  fail(error: Error): void;
}

/** Makes a load of no clients yet. Whatever a client tells that is not to be expected fails what goes on. */
export function createLoad(target: Target): Load {
  const clients: Client[] = [];
  const frame = clientFrame(target.dialect.message(target.request));
  let work: Work | undefined;
  let failure: Error | undefined;

  const events = {
    onOpen: () => work?.onOpen?.(),
    onMessages: (client: Client, count: number) => work?.onMessages?.(client, count),
    onEnd(reason: string) {
      failure ??= new Error(`A client failed: ${reason}`);
      work?.fail(failure);
    },
  };

  /** Times what `begin` sets going, until it calls `end` with the number of its operations. */
  async function time(begin: (end: (operations: number) => void) => Omit<Work, "fail">): Promise<Done> {
    if (failure) throw failure;
    try {
      return await new Promise<Done>((resolve, fail) => {
        const start = performance.now();
        const handlers = begin((operations) => {
          resolve({ operations, seconds: (performance.now() - start) / 1000 });
        });
        work = { ...handlers, fail };
      });
    } finally {
      work = undefined;
    }
  }

  return {
    open: (count) =>
      time((end) => {
        let opened = 0;
        const connectNext = () => clients.push(new Client(target, events));
        const goal = clients.length + count;
        for (let i = 0; i < Math.min(count, HANDSHAKES_AT_ONCE); i++) connectNext();
        return {
          onOpen() {
            opened += 1;
            if (clients.length < goal) connectNext();
            if (opened === count) end(count);
          },
        };
      }),

    echo: (depth, amount) =>
      time((end) => {
        const frames = Buffer.concat(Array.from({ length: depth }, () => frame));
        const isEnough = measure(amount);
        let inFlight = depth * clients.length;
        let echoes = 0;
        for (const client of clients) client.write(frames);
        return {
          onMessages(client, count) {
            echoes += count;
            if (!isEnough(echoes)) return client.write(frames.subarray(0, count * frame.length));
            inFlight -= count;
            if (inFlight === 0) end(echoes);
          },
        };
      }),

    burst: (size, amount) =>
      time((end) => {
        const isEnough = measure(amount);
        const all = size * clients.length;
        const [first] = clients;
        let missing = all;
        let messages = 0;
        first?.write(frame);
        return {
          onMessages(_client, count) {
            messages += count;
            missing -= count;
            if (missing > 0) return;
            if (isEnough(messages)) return end(messages);
            missing = all;
            first?.write(frame);
          },
        };
      }),
  };
}

/** By the clock it asks a timer: the time would have to be looked up for each message. */
function measure(amount: Amount): (operations: number) => boolean {
  if ("operations" in amount) return (operations) => operations >= amount.operations;
  let isOver = false;
  setTimeout(() => {
    isOver = true;
  }, amount.seconds * 1000);
  return () => isOver;
}
