import type { RawSocket } from "./raw-socket.ts";

/** The key and its answer in the example of RFC 6455 §1.3. */
export const SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";
export const SAMPLE_ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

/** An HTTP response as it was read from a socket. */
export interface RawResponse {
  readonly status: number;
  /** By lower-case name; the values of a repeated header are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type RequestHeaders = Readonly<Record<string, string | undefined>>;

/** The text of a request without a body; a header that is undefined is left out. */
export function requestText(
  path: string,
  headers: RequestHeaders = {},
  line = `GET ${path} HTTP/1.1`,
): string {
  const given = Object.entries({ Host: "localhost", ...headers });
  const lines = given.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return `${[line, ...lines].join("\r\n")}\r\n\r\n`;
}

/** The text of an opening handshake (RFC 6455 §1.2), but for what `headers` says otherwise. */
export function handshakeText(path = "/", headers: RequestHeaders = {}, line?: string): string {
  const usual = {
    Upgrade: "websocket",
    Connection: "Upgrade",
    "Sec-WebSocket-Key": SAMPLE_KEY,
    "Sec-WebSocket-Version": "13",
  };
  return requestText(path, { ...usual, ...headers }, line);
}

/** Reads one response, with the body that its `Content-Length` announces. */
export async function readResponse(raw: RawSocket): Promise<RawResponse> {
  const [statusLine = "", ...lines] = (await raw.readUntil("\r\n\r\n")).trimEnd().split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const body = await raw.read(Number(headers["content-length"] ?? 0));
  return { status: Number(statusLine.split(" ")[1]), headers, body: body.toString() };
}
