import type { ChatMessage } from "../../../../handlers/chat/protocol.ts";
import { hueOf, initialOf } from "../hue.ts";
import { nickElement } from "../nick-element.ts";
import { bubble } from "./bubble.ts";
import type { Clock } from "./clock.ts";
import { placement } from "./placement.ts";
import { type Entry, isMessage } from "./timeline.ts";

/** Makes the list items of a history. */
export interface EntryItems {
  /** Makes the item of an entry, with the day and the author where the entry before it is of others. */
  create(entry: Entry, previous: Entry | undefined): HTMLLIElement;
}

/**
 * Creates the maker of a history's items.
 *
 * @param isOwn - whether a nick is that of who reads
 */
export function createEntryItems(clock: Clock, isOwn: (nick: string) => boolean): EntryItems {
  function fill(item: HTMLLIElement, message: ChatMessage, previous: Entry | undefined): void {
    const before = previous && isMessage(previous) ? previous : undefined;
    const { day, author } = placement(before, message);
    const own = isOwn(message.nick);
    item.className = "message";
    item.dataset.id = message.id;
    item.classList.toggle("own", own);
    item.classList.toggle("first", author);
    item.style.setProperty("--hue", String(hueOf(message.nick)));
    if (day) item.append(dayLine(message.time));
    if (author) item.append(...authorLine(message.nick, own));
    item.append(bubble(message.text, time(message.time)));
  }

  function dayLine(iso: string): HTMLElement {
    const line = document.createElement("h2");
    line.className = "day";
    line.textContent = clock.day(iso);
    return line;
  }

  function time(iso: string): HTMLElement {
    const element = document.createElement("time");
    element.className = "note";
    element.dateTime = iso;
    element.title = clock.full(iso);
    element.textContent = clock.time(iso);
    return element;
  }

  return {
    create(entry, previous) {
      const item = document.createElement("li");
      if (isMessage(entry)) fill(item, entry, previous);
      else {
        item.className = "gap";
        item.textContent = "Some messages from here are no longer kept.";
      }
      return item;
    },
  };
}

function authorLine(nick: string, own: boolean): HTMLElement[] {
  const name = document.createElement("h3");
  name.className = "author";
  name.append(nickElement(nick));
  if (own) name.append(" (you)");
  const avatar = document.createElement("span");
  avatar.className = "avatar";
  avatar.ariaHidden = "true";
  avatar.textContent = initialOf(nick);
  return own ? [name] : [avatar, name];
}
