/** Shows a nick so that nothing in it spoils what stands beside it, whatever its direction of writing. */
export function nickElement(nick: string): HTMLElement {
  const element = document.createElement("bdi");
  element.className = "nick";
  element.textContent = nick;
  return element;
}
