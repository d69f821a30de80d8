import { line, type Port } from "../ipc/line.ts";
import { type FromPrimary, TOPIC, type ToPrimary } from "./ipc-messages.ts";
import type { Holder, Store } from "./store.ts";

/**
 * Ties a process to the store of its primary.
 *
 * @returns unties it: for a process that has ended, which holds nothing any more
 */
export function tieToStore(store: Store, port: Port): () => void {
  const { send, listen } = line<ToPrimary, FromPrimary>(port, TOPIC);
  const holder: Holder = { replaced: (entry) => send({ type: "replaced", entry }) };
  const followings = new Map<number, () => void>();
  const stop = listen(obey);

  function obey(message: ToPrimary): void {
    switch (message.type) {
      case "enter": {
        const { number, group, entry, terms } = message;
        send({ type: "outcome", number, outcome: store.enter(group, entry, terms, holder) });
        return;
      }
      case "leave":
        store.leave(message.group, message.entry);
        return;
      case "follow": {
        const { number, group } = message;
        const follower = (change: Extract<FromPrimary, { type: "change" }>["change"]) =>
          send({ type: "change", number, change });
        followings.set(number, store.follow(group, follower));
        return;
      }
      case "unfollow":
        followings.get(message.number)?.();
        followings.delete(message.number);
        return;
      case "groups": {
        const { number, prefix, limit } = message;
        send({ type: "groups", number, groups: store.groups(prefix, limit) });
        return;
      }
      case "close":
        letGo();
        send({ type: "closed", number: message.number });
    }
  }

  function letGo(): void {
    for (const unfollow of followings.values()) unfollow();
    followings.clear();
    store.leaveAll(holder);
  }

  return function untie() {
    stop();
    letGo();
  };
}
