/** A console that keeps what it is told, to be handed to a program as its own. */
export interface ListeningConsole {
  readonly lines: readonly string[];
  readonly console: { log(...parts: unknown[]): void };
}

export function listeningConsole(): ListeningConsole {
  const lines: string[] = [];
  return { lines, console: { log: (...parts) => lines.push(parts.map(String).join(" ")) } };
}
