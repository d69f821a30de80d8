import { decodeFrame, type GameFrame, type UpdatesFrame } from "../../handlers/life/cells-protocol.ts";

/** Decodes what a watcher of the binary subprotocol received. */
export function decodeAll(frames: readonly (string | Buffer)[]): (GameFrame | UpdatesFrame)[] {
  return frames.map((frame) => {
    if (typeof frame === "string") throw new Error(`A binary frame was expected, not ${frame}`);
    return decodeFrame(Uint8Array.from(frame).buffer);
  });
}

/** The updates of binary frames as the lines that a text watcher gets, in the order in which they take effect. */
export function toLines(frames: readonly (GameFrame | UpdatesFrame)[]): string[] {
  let size = 0;
  const lines: string[] = [];
  for (const frame of frames) {
    if (frame.kind === "game") size = frame.size;
    else
      lines.push(
        ...frame.blocks.flatMap(({ step, cells }) => Array.from(cells, (cell) => toLine(step, cell))),
      );
  }
  return lines;

  function toLine(step: number, packed: number): string {
    const cell = packed >> 1;
    return `${step} ${Math.floor(cell / size)} ${cell % size} ${packed & 1}`;
  }
}

/** What each cell said, in order: by `ROW COL`. */
export function byCell(lines: readonly (string | Buffer)[]): Map<string, string[]> {
  const cells = new Map<string, string[]>();
  for (const line of lines) {
    const [, row, col] = String(line).split(" ");
    const cell = `${row} ${col}`;
    cells.set(cell, [...(cells.get(cell) ?? []), String(line)]);
  }
  return cells;
}
