import { nickElement } from "../nick-element.ts";
import { type Typing, typingSentence } from "./typing.ts";

/**
 * Creates the line that says who is typing, and falls silent by itself.
 *
 * @returns a function that shows who it is now
 */
export function createTypingLine(line: HTMLElement, typing: Typing): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  return function show() {
    const now = performance.now();
    const parts = typingSentence(typing.who(now));
    line.replaceChildren(...parts.map(({ text, isNick }) => (isNick ? nickElement(text) : new Text(text))));
    clearTimeout(timer);
    const { nextExpiry } = typing;
    if (nextExpiry !== undefined) timer = setTimeout(show, nextExpiry - now);
  };
}
