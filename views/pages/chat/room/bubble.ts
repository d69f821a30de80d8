import { renderText } from "./render-text.ts";

/**
 * Creates a message's bubble: the text, written in its own direction, and behind it what is said about it.
 *
 * @param note - such as the time
 */
export function bubble(text: string, note: HTMLElement): HTMLElement {
  const body = document.createElement("span");
  body.className = "text";
  body.append(...renderText(text));
  const paragraph = document.createElement("p");
  paragraph.className = "bubble";
  paragraph.dir = "auto";
  paragraph.append(body, " ", note);
  return paragraph;
}
