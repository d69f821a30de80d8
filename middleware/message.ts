/** One message: text as a string, binary as a Buffer. */
export type Message = string | Buffer;

/** What can be sent: a string goes out as text, anything else as binary. */
export type Data = string | ArrayBuffer | ArrayBufferView;

/**
 * Gives the message for what a caller sends; bytes are not copied.
 *
 * @throws TypeError for anything that is neither text nor bytes
 */
export function toMessage(data: Data): Message {
  if (typeof data === "string" || Buffer.isBuffer(data)) return data;
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  throw new TypeError("Only a string, an ArrayBuffer or a view of one can be sent");
}

/** The bytes of a message, in whichever `binaryType` of a WebSocket of `ws` they come; undefined for a Blob, which gives them later only. */
export function toBuffer(data: unknown): Buffer | undefined {
  if (Buffer.isBuffer(data)) return data;
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  return Array.isArray(data) ? Buffer.concat(data) : undefined;
}
