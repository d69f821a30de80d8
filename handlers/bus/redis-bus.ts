import { randomUUID } from "node:crypto";
import type { Redis } from "../redis/redis.ts";
import type { Bus } from "./bus.ts";
import { Listeners } from "./listeners.ts";
import { Outgoing } from "./outgoing.ts";
import { Progress } from "./progress.ts";
import { format, parse } from "./publication.ts";

/**
 * Makes the bus of processes on any machines, over the publish and subscribe of Redis. A channel is subscribed to only while somebody
 * here listens to it.
 *
 * @param redis is the caller's to close, after this
 */
export function redisBus(redis: Redis): Bus {
  const id = randomUUID();
  const listeners = new Listeners();
  const subscriptions = new Map<string, ReturnType<Redis["subscribe"]>>();
  let count = 0;
  const outgoing = new Outgoing((channel, messages) => {
    redis.publish(nameOf(channel), format({ publisher: id, count: ++count, messages }));
    listeners.echo(channel, messages);
  });
  let closed = false;

  function nameOf(channel: string): string {
    return redis.name(`bus:${channel}`);
  }

  function listen(channel: string): ReturnType<Redis["subscribe"]> {
    const progress = new Progress();
    const subscription = redis.subscribe(nameOf(channel), {
      hear(text) {
        const publication = parse(text);
        if (!publication || publication.publisher === id) return;
        if (progress.advance(publication.publisher, publication.count))
          listeners.hear(channel, publication.messages);
      },
      missed: () => listeners.missed(channel),
    });
    subscriptions.set(channel, subscription);
    return subscription;
  }

  return {
    get available() {
      return !closed && redis.available;
    },

    isAlone: false,

    publish(channel, message) {
      if (!closed) outgoing.add(channel, message);
    },

    subscribe(channel, listener, options) {
      if (closed) return { ready: new Promise(() => {}), end() {} };
      const [place] = listeners.add(channel, listener, options);
      const { ready } = subscriptions.get(channel) ?? listen(channel);
      return {
        ready,
        end() {
          if (!listeners.delete(channel, place)) return;
          subscriptions.get(channel)?.end();
          subscriptions.delete(channel);
        },
      };
    },

    onAvailability: (listener) => redis.onAvailability(listener),

    async close() {
      outgoing.flush();
      closed = true;
      listeners.clear();
      for (const { end } of subscriptions.values()) end();
      subscriptions.clear();
    },
  };
}
