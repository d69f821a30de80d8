import type { Locator, Page } from "playwright-core";
import type { Log } from "../../handlers/chat/log/log.ts";
import type { ChatSite } from "./use-chat-site.ts";

/** A room in a browser. */
export interface RoomPage {
  readonly page: Page;
  /** The messages of the history, without those on their way. */
  readonly messages: Locator;
  /** The messages on their way out. */
  readonly outgoing: Locator;
  /** Writes a message, as a reader does. */
  write(text: string): Promise<void>;
  /** Waits until the last message of the history has that text. */
  untilLast(text: string): Promise<void>;
  /** Waits until the connection is ready, or no longer. */
  untilState(state: "open" | "closed"): Promise<void>;
  /** The texts of the history. */
  texts(): Promise<string[]>;
}

/** Enters a room by its page, under a nick that the browser is made to remember. */
export async function enterRoom(page: Page, site: ChatSite, room: string, nick: string): Promise<RoomPage> {
  await page.goto(`${site.url}/chat/`);
  await page.evaluate((nick) => localStorage.setItem("chat:nick", nick), nick);
  await page.goto(`${site.url}/chat/${encodeURIComponent(room)}/`);
  const shown = roomPage(page);
  await shown.untilState("open");
  return shown;
}

/** What there is on a page that shows a room. */
export function roomPage(page: Page): RoomPage {
  const messages = page.locator("#messages > .message");
  const outgoing = page.locator("#outgoing > .message");
  return {
    page,
    messages,
    outgoing,
    async write(text) {
      await page.locator("#text").fill(text);
      await page.locator("#text").press("Enter");
    },
    untilLast: (text) => messages.last().locator(".text").getByText(text, { exact: true }).waitFor(),
    untilState: (state) =>
      state === "open"
        ? page.locator("#connection[data-state=open]").waitFor()
        : page.locator("#connection:not([data-state=open])").waitFor(),
    texts: () => messages.locator(".text").allTextContents(),
  };
}

/** Keeps a conversation of numbered messages in a room's log; the first is `message 1`. */
export async function fillRoom(log: Log, room: string, count: number, first = 1): Promise<void> {
  const numbers = Array.from({ length: count }, (_, index) => first + index);
  const say = (number: number) => {
    const text = `message ${number}`;
    const nick = number % 3 === 0 ? "Ann" : "Ben";
    return log.append(room, { nick, author: nick.toLowerCase(), ref: text, text });
  };
  await Promise.all(numbers.map(say));
}
