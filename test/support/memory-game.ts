import { atStart, Cell } from "../../commands/gameoflife/cell.ts";
import { neighbours } from "../../commands/gameoflife/neighbours.ts";
import type { Update } from "../../handlers/life/protocol.ts";

/** What one cell told a neighbour that has not read it yet. */
interface Channel {
  readonly from: Cell;
  readonly to: Cell;
  readonly unread: Update[];
}

/** A game that is played without a server. */
export interface MemoryGame {
  readonly size: number;
  readonly states: Uint8Array;
  readonly steps: number;
  readonly wrap: boolean;
}

/**
 * Plays a game with cells that talk in memory. What one cell tells another arrives in order, but whose update comes next is
 * up to `random`, so that cells run ahead of one another as far as the rules let them.
 *
 * @returns the states that were told, step by step
 */
export function playInMemory({ size, states, steps, wrap }: MemoryGame, random: () => number): Uint8Array[] {
  const told = Array.from({ length: steps + 1 }, () => new Uint8Array(size * size).fill(255));
  const cells = createCells(size, states, wrap);
  const channels = createChannels(cells, size, wrap);

  const tell = (cell: Cell) => {
    told[cell.step]?.fill(cell.state, cell.row * size + cell.col, cell.row * size + cell.col + 1);
    const { step, row, col, state } = cell;
    for (const { from, unread } of channels) if (from === cell) unread.push({ step, row, col, state });
  };
  const advance = (cell: Cell) => {
    while (cell.isDue && cell.step < steps) {
      cell.advance();
      tell(cell);
    }
  };

  for (const cell of cells) tell(cell);
  for (const cell of cells) advance(cell);
  for (let next = pick(channels, random); next; next = pick(channels, random)) {
    next.to.receive(next.update);
    advance(next.to);
  }
  return told;
}

/** Numbers from 0 to below 1, the same for the same seed (Park and Miller's generator). */
export function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

function createCells(size: number, states: Uint8Array, wrap: boolean): Cell[] {
  return Array.from(states, (state, index) => {
    const row = Math.floor(index / size);
    const col = index % size;
    return new Cell({ row, col }, neighbours(row, col, size, wrap), atStart(state));
  });
}

function createChannels(cells: readonly Cell[], size: number, wrap: boolean): Channel[] {
  return cells.flatMap((to) =>
    neighbours(to.row, to.col, size, wrap).flatMap(({ row, col }) => {
      const from = cells[row * size + col];
      return from ? [{ from, to, unread: [] }] : [];
    }),
  );
}

function pick(channels: readonly Channel[], random: () => number): { to: Cell; update: Update } | undefined {
  const busy = channels.filter(({ unread }) => unread.length > 0);
  const channel = busy[Math.floor(random() * busy.length)];
  const update = channel?.unread.shift();
  return channel && update && { to: channel.to, update };
}
