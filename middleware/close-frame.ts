/** A close frame's payload is at most 125 bytes, of which the code takes two (RFC 6455 §5.5). */
const MAX_REASON = 123;

/**
 * Makes sure that a close code may be sent (RFC 6455 §7.4 and the IANA registry): 1000 to 1014 but for the reserved 1004,
 * 1005 and 1006, or 3000 to 4999.
 *
 * @throws RangeError if it may not
 */
export function checkCloseCode(code: number): void {
  const known = code >= 1000 && code <= 1014 && (code < 1004 || code > 1006);
  if (!Number.isInteger(code) || !(known || (code >= 3000 && code <= 4999))) {
    throw new RangeError(`Close code ${code} may not be sent: use 1000, or one from 3000 to 4999`);
  }
}

/**
 * Makes sure that a reason fits a close frame.
 *
 * @throws RangeError if it does not
 */
export function checkReason(reason: string | Uint8Array = ""): void {
  const { length } = typeof reason === "string" ? new TextEncoder().encode(reason) : reason;
  if (length > MAX_REASON) throw new RangeError(`A close reason has at most ${MAX_REASON} bytes of UTF-8`);
}

/** Cuts a reason at the last whole character that fits a close frame: saying why must never fail. */
export function cutReason(reason: string): string {
  const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(MAX_REASON));
  return reason.slice(0, read);
}
