/**
 * Calls back once every promise that is settled by now was heard, and those that settle in consequence: whoever awaited one
 * has done what it does without waiting again. That is still before the event loop goes on, and so before any more input.
 */
export function afterPromises(callback: () => void): void {
  // A tick may come before the promises, but the ticks that a promise asks for come after all of them.
  process.nextTick(queueMicrotask, () => process.nextTick(callback));
}
