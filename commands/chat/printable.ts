/**
 * What a terminal could take for a command, or would show in another order: control characters but for the tab, what turns the
 * direction of writing, line ends that are none to a terminal, and halves of surrogate pairs.
 */
const UNSAFE = /[^\P{Cc}\t]|[\u202A-\u202E\u2066-\u2069\u2028\u2029\p{Cs}]/gu;

/** The same in JSON, where an escape changes nothing about the value: also all that cannot be seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Makes a text of others fit for a terminal: on one line, and with escapes such as `\u001b` instead of control characters. */
export function printable(text: string): string {
  return text.replace(UNSAFE, toEscape);
}

/** Writes a value as one line of JSON that is fit for a terminal too. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(UNSEEN, toEscape);
}

/** One escape for each half of a surrogate pair, as JSON has it. */
function toEscape(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
