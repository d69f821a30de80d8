import type { Message } from "../../middleware/message.ts";
import { ProtocolError } from "../errors.ts";

/** What to throw when the server says something else. */
export function unexpected(message: Message, expected: string): ProtocolError {
  return new ProtocolError(`a worker received "${message}" instead of ${expected}`);
}
