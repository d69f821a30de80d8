import type { Observer } from "./observer.ts";

/** After how many milliseconds at most an observer elsewhere hears what happened. */
const INTERVAL = 100;

/** One call of an observer: its name, and its argument. */
type Item = { [Name in keyof Observer]: readonly [Name, ...Parameters<Observer[Name]>] }[keyof Observer];

/** What happened in another process since it last reported, in that order. Each latency is in it, so that nothing is lost. */
export type News = readonly Item[];

/** Reports what it observes to another process. */
export interface Reporter extends Observer {
  /** Sends what was not sent yet; resolves when it is on its way. */
  flush(): Promise<void>;
}

/** Collects what is observed, so that not each word is a message of its own. */
export function reporter(send: (news: News) => Promise<void>): Reporter {
  let items: Item[] = [];
  function flush(): Promise<void> {
    const news = items;
    items = [];
    return news.length === 0 ? Promise.resolve() : send(news);
  }
  function add(item: Item): void {
    if (items.push(item) === 1) setTimeout(flush, INTERVAL).unref();
  }
  return {
    opened: (handshake) => add(["opened", handshake]),
    echoed: (latency) => add(["echoed", latency]),
    completed: () => add(["completed"]),
    closed: () => add(["closed"]),
    returned: () => add(["returned"]),
    failed: (cause) => add(["failed", cause]),
    flush,
  };
}

/** Whether a message from another process is news. */
export function isNews(message: unknown): message is News {
  return Array.isArray(message) && message.every(isItem);
}

/** Lets an observer here hear what one in another process heard. */
export function replay(news: News, observer: Observer): void {
  for (const [name, detail] of news) {
    if (name === "opened" || name === "echoed") observer[name](detail);
    else if (name === "failed") observer.failed(detail);
    else observer[name]();
  }
}

function isItem(value: unknown): value is Item {
  if (!Array.isArray(value)) return false;
  const [name, detail] = value;
  if (name === "opened" || name === "echoed") return typeof detail === "number";
  if (name === "failed") return typeof detail === "string";
  return name === "completed" || name === "closed" || name === "returned";
}
