import type { Output } from "./output.ts";

/** How often the line is drawn anew, in milliseconds. */
const INTERVAL = 100;

const CLEAR_LINE = "\r\x1b[K";

/**
 * Keeps one line of a terminal up to date; writes nothing where output is no terminal.
 *
 * @param text gives the line, which is cut at the terminal's width
 * @returns a function that draws the line a last time and leaves it
 */
export function liveLine(output: Output, text: (now: number) => string): () => void {
  if (!output.isTTY) return () => {};
  const draw = () => {
    output.write(CLEAR_LINE + text(performance.now()).slice(0, (output.columns || 80) - 1));
  };
  draw();
  const timer = setInterval(draw, INTERVAL);
  return function end() {
    clearInterval(timer);
    draw();
    output.write("\n");
  };
}
