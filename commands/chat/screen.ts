import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from "node:readline";
import type { Output } from "../output.ts";

/** Where a command reads what is typed: standard input, or what stands in for it. */
export type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };

/** Lines in, lines out: on a terminal below each other, so that what comes in does not tear what is being typed. */
export interface Screen {
  /** What is typed, or piped in, line by line; ends with the input. */
  readonly lines: AsyncIterable<string>;
  /** Writes on standard output. */
  show(line: string): void;
  /** Writes on standard error. */
  complain(line: string): void;
  close(): void;
}

/** Where a screen reads and writes. */
export interface Streams {
  readonly input: Input;
  readonly output: Output;
  readonly errors: Output;
}

/** Opens a screen: with a line to type on if both input and output are a terminal. */
export function openScreen({ input, output, errors }: Streams): Screen {
  const terminal = input.isTTY === true && output.isTTY === true;
  const editor = createInterface({ input, terminal, prompt: "> ", ...(terminal && { output }) });
  const write = terminal
    ? aboveTheLine(editor, output)
    : (stream: Output, text: string) => stream.write(text);
  if (terminal) {
    // In its raw mode the terminal makes no signal of Ctrl-C.
    editor.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    editor.prompt();
  }
  return {
    lines: editor,
    show: (line) => void write(output, `${line}\n`),
    complain: (line) => void write(errors, `${line}\n`),
    close: () => editor.close(),
  };
}

/** Clears the line that is being typed, writes, and draws it again. */
function aboveTheLine(editor: Interface, output: Output): (stream: Output, text: string) => void {
  let isClosed = false;
  editor.once("close", () => {
    isClosed = true;
    output.write("\n");
  });
  editor.on("line", () => editor.prompt());
  return function write(stream, text) {
    if (isClosed) {
      stream.write(text);
      return;
    }
    moveCursor(output, 0, -editor.getCursorPos().rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    stream.write(text);
    editor.prompt(true);
  };
}
