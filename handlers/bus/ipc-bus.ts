import { line, type Port } from "../ipc/line.ts";
import type { Bus } from "./bus.ts";
import { type FromPrimary, TOPIC, type ToPrimary } from "./ipc-messages.ts";
import { Listeners } from "./listeners.ts";
import { Outgoing } from "./outgoing.ts";
import { Readiness } from "./readiness.ts";

/**
 * Makes the bus of one of many processes that have one primary, which passes on what they publish. It is there for as long as they
 * are.
 *
 * @param port where the primary is. Default: this process's own
 */
export function ipcBus(port: Port = process): Bus {
  const { send, listen } = line<FromPrimary, ToPrimary>(port, TOPIC);
  const listeners = new Listeners();
  const readiness = new Readiness();
  const outgoing = new Outgoing((channel, messages) => {
    send({ type: "publish", channel, messages });
    listeners.echo(channel, messages);
  });
  let onClosed = () => {};
  let closing: Promise<void> | undefined;
  const stop = listen(obey);

  function obey(message: FromPrimary): void {
    if (message.type === "hear") listeners.hear(message.channel, message.messages);
    else if (message.type === "missed") listeners.missed(message.channel);
    else if (message.type === "added") readiness.done(message.channel);
    else onClosed();
  }

  async function close(): Promise<void> {
    outgoing.flush();
    listeners.clear();
    await new Promise<void>((resolve) => {
      onClosed = resolve;
      // Nobody answers where the primary has gone.
      send({ type: "close" }, (error) => error && resolve());
    });
    stop();
  }

  return {
    get available() {
      return closing === undefined;
    },

    isAlone: false,

    publish(channel, message) {
      if (!closing) outgoing.add(channel, message);
    },

    subscribe(channel, listener, options) {
      if (closing) return { ready: new Promise(() => {}), end() {} };
      const [place, isFirst] = listeners.add(channel, listener, options);
      if (isFirst) {
        readiness.begin(channel);
        send({ type: "add", channel });
      }
      return {
        ready: readiness.of(channel),
        end() {
          if (!listeners.delete(channel, place)) return;
          readiness.end(channel);
          send({ type: "delete", channel });
        },
      };
    },

    onAvailability: () => () => {},

    close() {
      closing ??= close();
      return closing;
    },
  };
}
