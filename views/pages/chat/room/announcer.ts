import type { ChatMessage } from "../../../../handlers/chat/protocol.ts";

/** More than so many at once are counted rather than read out. */
const MOST = 3;

/** How many announcements stay on the page, where a screen reader finds them again. */
const KEPT = 3;

/** How much of a message is read out, in UTF-16 code units: the rest is in the history. */
const LENGTH = 500;

/**
 * Has a screen reader hear new messages. The history itself is not what it hears, because that also changes when old messages
 * are loaded, or forgotten, or one's own come back.
 *
 * @param region - an element with `aria-live`, which no eye sees
 */
export function createAnnouncer(region: HTMLElement): (messages: readonly ChatMessage[]) => void {
  function say(text: string): void {
    const line = document.createElement("p");
    line.textContent = text;
    region.append(line);
    while (region.childElementCount > KEPT) region.firstElementChild?.remove();
  }

  return function announce(messages) {
    if (messages.length > MOST) say(`${messages.length} new messages`);
    else for (const { nick, text } of messages) say(`${nick}: ${text.slice(0, LENGTH)}`);
  };
}
