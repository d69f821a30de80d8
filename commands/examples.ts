/**
 * The examples at the end of a command's help.
 *
 * @param examples what each does, and how it is typed
 */
export function examples(examples: Readonly<Record<string, string>>): string {
  const lines = Object.entries(examples).map(([what, line]) => `  # ${what}\n  npx c10k ${line}`);
  return `\nExamples:\n${lines.join("\n")}`;
}
