/** What ends the head of a request or response. */
export const HEAD_END = "\r\n\r\n";

/** The request with which a WebSocket connection begins, to a server on the loopback interface. */
export function handshake(path: string, port: number): string {
  return [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Version: 13",
    `Origin: http://127.0.0.1:${port}`,
    HEAD_END.slice(2),
  ].join("\r\n");
}
