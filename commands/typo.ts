/** Whether a word differs from another by one letter too many, too few or wrong, or by two that changed places. */
export function isOneTypoApart(word: string, other: string): boolean {
  const same = commonStart(word, other);
  const [left, right] = [word.slice(same), other.slice(same)];
  return (
    word !== other &&
    (left.slice(1) === right ||
      left === right.slice(1) ||
      left.slice(1) === right.slice(1) ||
      (left.slice(0, 2) === swapped(right) && left.slice(2) === right.slice(2)))
  );
}

function commonStart(word: string, other: string): number {
  const length = [...word].findIndex((letter, index) => letter !== other[index]);
  return length < 0 ? word.length : length;
}

/** The first two letters, the second one first. */
function swapped(word: string): string {
  return word.slice(1, 2) + word.slice(0, 1);
}
