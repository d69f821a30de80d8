import type { Connection } from "./connection.ts";
import { encodeFrame } from "./frame.ts";
import { type Data, type Message, toMessage } from "./message.ts";
import { transportOf } from "./transport.ts";

/**
 * Sends one message to many connections. It is framed once, and nobody is waited for: a connection with more than its
 * `maxBufferedAmount` still to be written is closed with 1013 instead of being buffered for ever. One that is closed or
 * closing is passed over.
 *
 * @param connections those of one server or several: whatever can be iterated, such as a `Set`
 * @param data a string goes out as text, anything else as binary
 * @throws TypeError for anything but a string, an ArrayBuffer or a view of one, and for what is no connection
 */
export function broadcast(connections: Iterable<Connection>, data: Data): void {
  const message = toMessage(data);
  const frame = once(message);
  for (const connection of connections) {
    const transport = transportOf(connection);
    if (transport.closeError) continue;
    transport.meters?.sent.count(message);
    transport.outbox.relay(message, frame);
  }
}

function once(message: Message): () => Buffer {
  let frame: Buffer | undefined;
  return function frameOnce() {
    frame ??= encodeFrame(message);
    return frame;
  };
}
