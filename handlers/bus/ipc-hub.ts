import { line, type Port } from "../ipc/line.ts";
import { Backlog } from "./backlog.ts";
import type { Hub, HubEnd } from "./hub.ts";
import { type FromPrimary, TOPIC, type ToPrimary } from "./ipc-messages.ts";

/**
 * Ties a process to the hub of its primary.
 *
 * @returns unties it: for a process that has ended
 */
export function tieToHub(hub: Hub, port: Port): () => void {
  const { send, listen } = line<ToPrimary, FromPrimary>(port, TOPIC);
  const backlog = new Backlog((channel) => send({ type: "missed", channel }));
  const end: HubEnd = {
    hear: (channel, messages) =>
      backlog.add(channel, messages, (onSent) => send({ type: "hear", channel, messages }, onSent)),
  };
  const stop = listen(obey);

  function obey(message: ToPrimary): void {
    if (message.type === "publish") hub.publish(message.channel, message.messages, end);
    else if (message.type === "delete") hub.delete(message.channel, end);
    else if (message.type === "add") {
      hub.add(message.channel, end);
      send({ type: "added", channel: message.channel });
    } else {
      hub.deleteAll(end);
      send({ type: "closed" });
    }
  }

  return function untie() {
    stop();
    hub.deleteAll(end);
  };
}
