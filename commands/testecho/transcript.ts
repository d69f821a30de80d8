/** What a client says, one after the other, each after a delay. */
export const WORDS = ["Spam?", "Eggs!", "Node."] as const;

/** What the server says first. */
export const GREETING = "Hello!";

/** What the server says last, before it closes the connection with 1000. */
export const FAREWELL = "Goodbye!";

/** The answer to a client's word. */
export function answer(index: number, word: string): string {
  return `${index + 1}. ${word}`;
}
