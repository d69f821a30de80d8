import { linkify } from "./linkify.ts";

/** Makes nodes of a message's text: text stays text, and what is a link leads to another tab that knows nothing of this one. */
export function renderText(text: string): Node[] {
  return linkify(text).map(({ text, href }) => (href === undefined ? new Text(text) : link(text, href)));
}

function link(text: string, href: string): HTMLAnchorElement {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  anchor.textContent = text;
  return anchor;
}
