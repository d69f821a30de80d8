/** What a shell says of a program that SIGPIPE has ended: 128, and the signal's number. */
const EXIT_CODE = 141;

/**
 * Ends this process, without a word, when nobody reads any more what it writes, as in `npx c10k testecho | head -1`. Node ignores the
 * SIGPIPE by which any other program ends then.
 */
export function endWithReaderOf(output: NodeJS.WriteStream): void {
  output.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(EXIT_CODE);
  });
}
