import fc from "fast-check";
import { SAMPLE_KEY } from "../support/raw-http.ts";

/** A request that may be an opening handshake, right or wrong. */
export interface HandshakeInput {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Body;
}

/** What follows the header, and what the header says about it. */
export interface Body {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly bytes: string;
  /** Whether just that follows which the header says: an answer has to come, with nothing more sent. */
  readonly isWhole: boolean;
}

type Headers = HandshakeInput["headers"];

/** What an injected header would be called. */
export const INJECTED = "Injected";

/** More than Node takes in a header by default: 16 KiB. */
const HUGE = "x".repeat(100_000);

/** Mostly the first, so that each thing goes wrong alone too. */
function mostly<T>(usual: T, ...others: fc.Arbitrary<T>[]): fc.Arbitrary<T> {
  const rest = others.map((arbitrary) => ({ weight: 1, arbitrary }));
  return fc.oneof({ weight: 4 * others.length, arbitrary: fc.constant(usual) }, ...rest);
}

/** Bytes that a header should not have, and text that would be a header if they were let through. */
const odd = fc.oneof(
  fc.constantFrom("\r\n", "\n", "\r", "\0", "\x7f", "\x80", "\xff", "\xe5\x8d\xb5", "\t", " ", ";", '"', ","),
  fc.constantFrom(
    `\r\n${INJECTED}: yes`,
    `\n${INJECTED}: yes`,
    `\r${INJECTED}: yes`,
    `\r\n\r\nHTTP/1.1 200 OK\r\n`,
  ),
  fc.string({ unit: fc.nat(255).map((byte) => String.fromCharCode(byte)), maxLength: 20 }),
);

/** The text, with something odd somewhere in it. */
function spoiled(text: string): fc.Arbitrary<string> {
  return fc.tuple(odd, fc.nat(text.length)).map(([what, at]) => text.slice(0, at) + what + text.slice(at));
}

/** One header: usually as it has to be, else with another value, twice, or not at all. */
function header(name: string, usual: string, ...values: string[]): fc.Arbitrary<Headers> {
  const value = fc.oneof(fc.constantFrom(...values, usual.toUpperCase(), ""), spoiled(usual));
  return mostly<Headers>(
    [[name, usual]],
    value.map((other): Headers => [[name, other]]),
    value.map(
      (other): Headers => [
        [name, usual],
        [name, other],
      ],
    ),
    fc.constant([]),
    fc.constant([[name.toLowerCase(), ` ${usual}\t`]]),
  );
}

/** One header that need not be there. */
function extra(name: string, ...values: string[]): fc.Arbitrary<Headers> {
  const value = fc.oneof(fc.constantFrom(...values), ...values.map(spoiled));
  const one = value.map((value): Headers => [[name, value]]);
  const two = fc.tuple(value, value).map(
    ([first, second]): Headers => [
      [name, first],
      [name, second],
    ],
  );
  return mostly<Headers>([], one, one, two);
}

const required = fc.tuple(
  header("Host", "localhost", "localhost:80", "[::1]", "a b", "localhost, evil.example", "@"),
  header("Upgrade", "websocket", "h2c", "h2c, websocket", "websocket/13", "WebSocket ,x", "websockets"),
  header(
    "Connection",
    "Upgrade",
    "keep-alive, upgrade",
    "close",
    "close, Upgrade",
    "Upgrade, HTTP2-Settings",
  ),
  header("Sec-WebSocket-Version", "13", "8", "013", "13, 8", "+13", "1e1", "13.0"),
  header(
    "Sec-WebSocket-Key",
    SAMPLE_KEY,
    "x",
    SAMPLE_KEY.slice(0, -1),
    `${SAMPLE_KEY}=`,
    "A".repeat(24),
    "=".repeat(24),
    `${"A".repeat(21)}B==`,
  ),
);

const optional = fc.tuple(
  extra("Sec-WebSocket-Protocol", "v1", "v2, v1", "v1,v1", "v3", "", ",", "v1;q=1", HUGE),
  extra(
    "Sec-WebSocket-Extensions",
    "permessage-deflate",
    "permessage-deflate; client_max_window_bits",
    "permessage-deflate; server_max_window_bits=8; unknown=1",
    "permessage-deflate; server_max_window_bits=99, permessage-deflate",
    "x-webkit-deflate-frame",
    "permessage-deflate; a=",
    "__proto__; constructor",
    HUGE,
  ),
  extra(
    "Origin",
    "http://localhost",
    "https://localhost:443",
    "http://localhost:81",
    "http://evil.example",
    "null",
    "",
    "http://localhost@evil.example",
    "HTTP://LOCALHOST/",
    HUGE,
  ),
  extra("X-Forwarded-Host", "evil.example", "localhost"),
  extra("HTTP2-Settings", "AAMAAABkAAQAoAAAAAIAAAAA"),
  extra("Expect", "100-continue", "the unexpected"),
  extra("Keep-Alive", "timeout=5"),
  extra("Cookie", "a=b", HUGE),
  extra("__proto__", "x"),
  extra(":path", "/"),
  extra("X Y", "z"),
);

function body(headers: Headers, bytes: string, isWhole: boolean): fc.Arbitrary<Body> {
  return fc.constant({ headers, bytes, isWhole });
}

const bodies = mostly<Body>(
  { headers: [], bytes: "", isWhole: true },
  body([["Content-Length", "0"]], "", true),
  body([["Content-Length", "5"]], "hello", true),
  body([["Transfer-Encoding", "chunked"]], "5\r\nhello\r\n0\r\n\r\n", true),
  body([["Content-Length", "5"]], "hel", false),
  body([["Content-Length", "5"]], "hello, world", false),
  body([["Content-Length", "-1"]], "hello", false),
  body([["Content-Length", "5, 5"]], "hello", false),
  body(
    [
      ["Content-Length", "5"],
      ["Content-Length", "6"],
    ],
    "hello",
    false,
  ),
  body([["Transfer-Encoding", "chunked"]], "5\r\nhel", false),
  body([["Transfer-Encoding", "chunked"]], "z\r\n", false),
  body([["Transfer-Encoding", "gzip"]], "hello", false),
  body(
    [
      ["Content-Length", "4"],
      ["Transfer-Encoding", "chunked"],
    ],
    "0\r\n\r\nGET /plain HTTP/1.1\r\n\r\n",
    false,
  ),
);

const VIEWS = ["/echo", "/deflate", "/later", "/limits", "/closes", "/throws", "/deaf", "/both", "/held/x"];

/** Any request that may pass for a handshake. */
export const handshakeInput: fc.Arbitrary<HandshakeInput> = fc
  .record({
    method: mostly<string>(
      "GET",
      fc.constantFrom("HEAD", "POST", "PUT", "OPTIONS", "CONNECT", "get", "GE", "G ET", ""),
    ),
    target: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...VIEWS) },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          "/plain",
          "/body",
          "/nowhere",
          "*",
          "http://localhost/echo",
          "//echo",
          "/ECHO/?q",
          "/held/%",
          "/held/%00",
          "/ec ho",
          "",
          `/${HUGE}`,
        ),
      },
      { weight: 1, arbitrary: spoiled("/echo?q=v") },
    ),
    version: mostly<string>(
      "HTTP/1.1",
      fc.constantFrom("HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "HTTP", ""),
    ),
    required,
    optional,
    body: bodies,
    order: fc.option(fc.infiniteStream(fc.nat()), { freq: 5 }),
  })
  .map(({ method, target, version, required, optional, body, order }) => {
    const headers = [...required, ...optional, body.headers].flat();
    return { method, target, version, headers: order ? shuffled(headers, order) : headers, body };
  });

/** The bytes of a request. */
export function requestBytes({ method, target, version, headers, body }: HandshakeInput): Buffer {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(
    `${[`${method} ${target} ${version}`, ...lines].join("\r\n")}\r\n\r\n${body.bytes}`,
    "latin1",
  );
}

/** Whether an answer has to come with nothing more sent, and no second one: what is odd may end the header too early. */
export function isWhole(input: HandshakeInput): boolean {
  const header = requestBytes({ ...input, body: { ...input.body, bytes: "" } });
  return input.body.isWhole && header.indexOf("\r\n\r\n") === header.length - 4;
}

function shuffled<T>(items: readonly T[], order: Iterator<number>): T[] {
  const keyed = items.map((item) => ({ item, key: Number(order.next().value) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
