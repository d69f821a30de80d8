import { expect } from "chai";
import type { Found } from "./wire.ts";

/** An HTTP response that was read with no indulgence. */
export interface Answer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const STATUS_LINE = /^HTTP\/1\.1 ([1-5]\d\d) [\t\x20-\x7e]*$/;
const HEADER = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ([\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?$/;

/** What Node, Express and the library mean to say; any other header is not of their making. */
const MEANT =
  /^(allow|connection|content-length|content-security-policy|content-type|date|etag|keep-alive|retry-after|transfer-encoding|upgrade|vary|x-content-type-options|x-powered-by|sec-websocket-(accept|extensions|protocol|version))$/;

const END_OF_HEAD = "\r\n\r\n";
const LAST_CHUNK = "0\r\n\r\n";

/**
 * Reads one response off the beginning of what came (RFC 9112); undefined while it is not complete.
 *
 * @param method of the request: the answer to HEAD has no body
 * @throws if it is no response of HTTP/1.1, or has a header that nobody meant
 */
export function readAnswer(received: Buffer, method = "GET"): Found<Answer> | undefined {
  const end = received.indexOf(END_OF_HEAD);
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = received.toString("latin1", 0, end).split("\r\n");
  const status = Number(match(STATUS_LINE, statusLine)[1]);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name = "", value = ""] = match(HEADER, line);
    const key = name.toLowerCase();
    expect(headers.has(key), `${key} twice`).to.equal(false);
    expect(key).to.match(MEANT);
    headers.set(key, value);
  }
  const start = end + END_OF_HEAD.length;
  const length = hasNoBody(status, method) ? 0 : bodyLength(status, headers);
  if (received.length < start + length) return undefined;
  return {
    value: { status, headers, body: received.toString("utf8", start, start + length) },
    length: start + length,
  };
}

/** Whether the server will end the connection behind this answer (RFC 9112 §9.3). */
export function isLast({ headers }: Answer): boolean {
  return /\bclose\b/i.test(headers.get("connection") ?? "");
}

function hasNoBody(status: number, method: string): boolean {
  return method === "HEAD" || status < 200 || status === 204 || status === 304;
}

/** Nothing answers in chunks but Node itself, with none: to an expectation, and where Host is missing. */
function bodyLength(status: number, headers: ReadonlyMap<string, string>): number {
  if ((status === 400 || status === 417) && headers.get("transfer-encoding") === "chunked")
    return LAST_CHUNK.length;
  expect(headers.has("transfer-encoding")).to.equal(false);
  const length = headers.get("content-length");
  if (length === undefined) expect(headers.get("connection")).to.equal("close");
  return Number(length ?? 0);
}

function match(pattern: RegExp, line: string): RegExpExecArray {
  const found = pattern.exec(line);
  if (!found) throw new Error(`Not of HTTP/1.1: ${JSON.stringify(line)}`);
  return found;
}
