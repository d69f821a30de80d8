/** Something that has work to do at the end of this turn of the event loop. */
export interface AtEndOfTurn {
  endOfTurn(): void;
}

/**
 * Gives a function that calls each of its arguments back once, at the end of this turn of the event loop: after all the
 * input that was ready has been handled. One `setImmediate` serves them all.
 */
export function createTurn(): (item: AtEndOfTurn) => void {
  let items: AtEndOfTurn[] = [];

  function end(): void {
    const ended = items;
    items = [];
    for (const item of ended) item.endOfTurn();
  }

  return function atEndOfTurn(item) {
    if (items.push(item) === 1) setImmediate(end);
  };
}
