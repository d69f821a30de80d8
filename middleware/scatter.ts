/**
 * Acts on each item at a random moment of the next `spread` milliseconds, or at once where that is 0. What has not had its
 * turn when the process has nothing else left to do, never has it.
 */
export function scatter<T>(items: Iterable<T>, spread: number, act: (item: T) => void): void {
  for (const item of [...items]) {
    const delay = Math.floor(Math.random() * spread);
    if (delay === 0) act(item);
    else setTimeout(act, delay, item).unref();
  }
}
