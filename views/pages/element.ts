/**
 * Returns the page's element with that id.
 *
 * @param type - the class it must have, such as `HTMLInputElement`
 * @throws TypeError if there is none, which means that `index.html` and the script do not belong together
 */
export function element<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof type) return found;
  throw new TypeError(`The page has no ${type.name} with the id ${id}`);
}
