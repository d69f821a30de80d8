/** One cell in four is alive at the start of a random game. */
const DENSITY = 0.25;

/** The largest seed, plus one: seeds are unsigned 32-bit integers. */
export const SEEDS = 2 ** 32;

/** Fills a grid at random: the same seed and size give the same states, row by row, 1 alive, 0 dead. */
export function randomStates(size: number, seed: number): Uint8Array {
  const random = mulberry32(seed);
  return Uint8Array.from({ length: size * size }, () => (random() < DENSITY ? 1 : 0));
}

/** A seed for a game that nobody needs to repeat. */
export function randomSeed(): number {
  return Math.floor(Math.random() * SEEDS);
}

/** Tommy Ettinger's generator: 32 bits of state, and numbers from 0 to below 1 that pass the usual tests. */
export function mulberry32(seed: number): () => number {
  let state = seed;
  return function mulberry32() {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / SEEDS;
  };
}
