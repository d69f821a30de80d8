/** A stretch of a message's text: with `href` it is a link. */
export interface Segment {
  readonly text: string;
  readonly href?: string;
}

/** What no URL in a text goes on over: white space, quotes, brackets of markup, and what turns the direction of writing. */
const URLS = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"`\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+/giu;

/** Punctuation that ends a sentence rather than the URL before it. */
const TRAILING = /[.,;:!?'’”»…*_~]$/u;

const BRACKETS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/**
 * Parts a text into links and what is between them. Only absolute URLs of `http` and `https` are links, and none that names
 * a user (`https://bank.example@evil.example/`), which serves to deceive. Together the segments are the text, unchanged.
 */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(URLS)) {
    const url = withoutTail(found);
    const href = hrefOf(url);
    if (!href) continue;
    if (index > end) segments.push({ text: text.slice(end, index) });
    segments.push({ text: url, href });
    end = index + url.length;
  }
  if (end < text.length) segments.push({ text: text.slice(end) });
  return segments;
}

/** Takes punctuation from the end, and closing brackets that were opened before the URL. */
function withoutTail(url: string): string {
  let kept = url;
  while (TRAILING.test(kept) || closesTooMuch(kept)) kept = kept.slice(0, -1);
  return kept;
}

function closesTooMuch(url: string): boolean {
  const close = url.at(-1) ?? "";
  const open = BRACKETS[close];
  return open !== undefined && url.split(close).length > url.split(open).length;
}

function hrefOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { href, protocol, username, password } = new URL(text);
  const isWeb = protocol === "http:" || protocol === "https:";
  return isWeb && username === "" && password === "" ? href : undefined;
}
