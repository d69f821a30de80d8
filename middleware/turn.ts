/** Something that has work to do at the end of this turn of the event loop. */
export interface AtEndOfTurn {
  endOfTurn(): void;
}

/** With more than so many there is a load, under which more input has come in meanwhile. */
const FEW = 8;

/**
 * Gives a function that calls each of its arguments back once, at the end of this turn of the event loop: after all the
 * input that was ready has been handled. One `setImmediate` serves them all.
 *
 * Under load it is the end of the next turn: what comes in until then is nearly always for the same connections, and saves them
 * a write of their own. The next turn does not wait for input, so that this costs no more than a look.
 */
export function createTurn(): (item: AtEndOfTurn) => void {
  let items: AtEndOfTurn[] = [];
  let hasLooked = false;

  function end(): void {
    hasLooked = !hasLooked && items.length > FEW;
    if (hasLooked) {
      setImmediate(end);
      return;
    }
    const ended = items;
    items = [];
    for (const item of ended) item.endOfTurn();
  }

  return function atEndOfTurn(item) {
    if (items.push(item) === 1) setImmediate(end);
  };
}
