import type { Connection } from "./connection.ts";
import { encodeFrames } from "./merge.ts";
import { type Data, type Message, toMessage } from "./message.ts";
import { transportOf } from "./transport.ts";

/**
 * Sends one message, or several, to many connections. They are framed once, and nobody is waited for: a connection with more
 * than its `maxBufferedAmount` still to be written is closed with 1013 instead of being buffered for ever. One that is closed
 * or closing is passed over.
 *
 * @param connections those of one server or several: whatever can be iterated, such as a `Set`
 * @param data a string goes out as text, anything else as binary; of an array each item is a message, in that order
 * @throws TypeError for anything but a string, an ArrayBuffer or a view of one, and for what is no connection
 */
export function broadcast(connections: Iterable<Connection>, data: Data | readonly Data[]): void {
  const messages = isList(data) ? data.map(toMessage) : [toMessage(data)];
  if (messages.length === 0) return;
  const bytes = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0);
  const frames = once(messages);
  for (const connection of connections) {
    const transport = transportOf(connection);
    if (transport.closeError) continue;
    transport.meters?.sent.add(bytes, messages.length);
    transport.outbox.relay(messages, frames);
  }
}

function isList(data: Data | readonly Data[]): data is readonly Data[] {
  return Array.isArray(data);
}

function once(messages: readonly Message[]): () => Buffer {
  let frames: Buffer | undefined;
  return function frameOnce() {
    frames ??= encodeFrames(messages);
    return frames;
  };
}
