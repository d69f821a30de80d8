import { createHash } from "node:crypto";

/** What a request is, by a reading of RFC 6455 §4.2.1 that shares nothing with the library's. */
export interface Verdict {
  /** Whether a 101 may answer it. */
  readonly mayOpen: boolean;
  /** Whether nothing else may. */
  readonly mustOpen: boolean;
  /** The value of `Sec-WebSocket-Accept`. */
  readonly accept: string;
  readonly offered: readonly string[];
  readonly offersDeflate: boolean;
  readonly view: string;
}

const NEVER: Verdict = {
  mayOpen: false,
  mustOpen: false,
  accept: "",
  offered: [],
  offersDeflate: false,
  view: "",
};

/** "An HTTP/1.1 or higher GET request" (item 1). Node takes several spaces for one, as it may (RFC 9112 §3). */
const REQUEST_LINE = /^GET +(?:http:\/\/localhost)?\/+([\x21-\x7e\x80-\xff]*) HTTP\/(?:1\.1|2\.0)$/;
const HEADER =
  /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t ]*((?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)[\t ]*$/;
const VIEW = /^(?:echo|deflate|later|limits|closes|throws|deaf|both|pushes|held\/[^/]+)$/;
const TOKENS = /^[\t ]*[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:[\t ]*,[\t ]*[!#$%&'*+\-.^_`|~0-9A-Za-z]+)*[\t ]*$/;

/** Judges the bytes of a request. */
export function judge(bytes: Buffer): Verdict {
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const target = REQUEST_LINE.exec(line)?.[1];
  const headers = parse(lines);
  if (end < 0 || target === undefined || !headers) return NEVER;
  const view = target
    .replace(/[?#].*$/, "")
    .replace(/\/$/, "")
    .toLowerCase();
  const key = only(headers, "sec-websocket-key");
  const mayOpen =
    VIEW.test(view) &&
    only(headers, "host") !== undefined &&
    list(headers, "upgrade").includes("websocket") &&
    list(headers, "connection").includes("upgrade") &&
    key !== undefined &&
    /^[A-Za-z0-9+/]{22}==$/.test(key) &&
    only(headers, "sec-websocket-version") === "13" &&
    !headers.has("transfer-encoding") &&
    [undefined, "0"].includes(headers.get("content-length")?.join()) &&
    isSameOrigin(headers);
  const isPlainest =
    // Node's parser (llhttp 8) takes a tab behind an option of Connection for a part of it, and reads no upgrade.
    !/^connection:.*\t/im.test(text) &&
    line === `GET /${view} HTTP/1.1` &&
    !view.includes("%") &&
    text.length < 8000 &&
    headers.get("host")?.join() === "localhost" &&
    isTokens(headers.get("sec-websocket-protocol")) &&
    !headers.has("sec-websocket-extensions") &&
    !headers.has("x-forwarded-host");
  return {
    mayOpen,
    mustOpen: mayOpen && isPlainest,
    accept: createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64"),
    offered: (headers.get("sec-websocket-protocol") ?? []).join().split(",").map(trimmed),
    offersDeflate: /permessage-deflate/.test((headers.get("sec-websocket-extensions") ?? []).join()),
    view,
  };
}

/** The values of each header, by lower-case name; undefined if a line is no header (RFC 9112 §5). */
function parse(lines: readonly string[]): Map<string, string[]> | undefined {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    const found = HEADER.exec(line);
    if (!found) return undefined;
    const [, name = "", value = ""] = found;
    headers.set(name.toLowerCase(), [...(headers.get(name.toLowerCase()) ?? []), value]);
  }
  return headers;
}

function only(headers: ReadonlyMap<string, readonly string[]>, name: string): string | undefined {
  const values = headers.get(name) ?? [];
  return values.length === 1 ? values[0] : undefined;
}

function list(headers: ReadonlyMap<string, readonly string[]>, name: string): string[] {
  return (headers.get(name) ?? []).join().toLowerCase().split(",").map(trimmed);
}

function trimmed(item: string): string {
  return item.replace(/^[\t ]+|[\t ]+$/g, "");
}

/** None at all, or tokens of which none is there twice (RFC 6455 §4.1, item 10). */
function isTokens(values: readonly string[] | undefined): boolean {
  if (!values) return true;
  const names = values.join().split(",").map(trimmed);
  return TOKENS.test(values.join()) && new Set(names).size === names.length;
}

/** A page of this host, whose scheme a plain server cannot know; or no page at all. What a URL is, Node says. */
function isSameOrigin(headers: ReadonlyMap<string, readonly string[]>): boolean {
  const origin = headers.get("origin")?.join();
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const requested = `${protocol}//${only(headers, "host")}`;
  return /^https?:$/.test(protocol) && URL.canParse(requested) && new URL(requested).host === host;
}
