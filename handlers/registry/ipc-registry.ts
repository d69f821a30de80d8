import { line, type Port } from "../ipc/line.ts";
import { Holdings } from "./holdings.ts";
import { type FromPrimary, TOPIC, type ToPrimary } from "./ipc-messages.ts";
import { type Change, type Registry, RegistryUnavailable } from "./registry.ts";

type Answer = Extract<FromPrimary, { type: "outcome" | "groups" | "closed" }>;

/**
 * Makes the registry of one of many processes that have one primary, which keeps who holds what. It is there for as long as they
 * are.
 *
 * @param port where the primary is. Default: this process's own
 */
export function ipcRegistry(port: Port = process): Registry {
  const { send, listen } = line<FromPrimary, ToPrimary>(port, TOPIC);
  const holdings = new Holdings();
  const questions = new Map<number, (answer: Answer) => void>();
  const followers = new Map<number, (change: Change) => void>();
  let count = 0;
  let closing: Promise<void> | undefined;
  const stop = listen(obey);

  function obey(message: FromPrimary): void {
    if (message.type === "change") followers.get(message.number)?.(message.change);
    else if (message.type === "replaced") holdings.lose(message.entry);
    else {
      questions.get(message.number)?.(message);
      questions.delete(message.number);
    }
  }

  function ask(question: (number: number) => ToPrimary): Promise<Answer> {
    count += 1;
    const number = count;
    return new Promise((resolve) => {
      questions.set(number, resolve);
      send(question(number));
    });
  }

  async function close(): Promise<void> {
    followers.clear();
    await ask((number) => ({ type: "close", number }));
    stop();
  }

  function checkOpen(): void {
    if (closing) throw new RegistryUnavailable("The registry is closed");
  }

  return {
    get available() {
      return closing === undefined;
    },

    async enter(group, name, options = {}) {
      checkOpen();
      const { entry, terms } = holdings.prepare(name, options);
      const answer = await ask((number) => ({ type: "enter", number, group, entry, terms }));
      const outcome = answer.type === "outcome" ? answer.outcome : "taken";
      if (typeof outcome === "string") holdings.forget(entry);
      return outcome;
    },

    leave(group, entry) {
      holdings.forget(entry);
      if (!closing) send({ type: "leave", group, entry });
    },

    follow(group, listener) {
      if (closing) return { ready: new Promise(() => {}), end() {} };
      count += 1;
      const number = count;
      const ready = new Promise<void>((resolve) => {
        followers.set(number, (change) => {
          if (change.type === "all") resolve();
          listener(change);
        });
      });
      send({ type: "follow", number, group });
      return {
        ready,
        end() {
          if (followers.delete(number)) send({ type: "unfollow", number });
        },
      };
    },

    async groups(prefix, limit) {
      checkOpen();
      const answer = await ask((number) => ({ type: "groups", number, prefix, limit }));
      return answer.type === "groups" ? answer.groups : [];
    },

    close() {
      closing ??= close();
      return closing;
    },
  };
}
