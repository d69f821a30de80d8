/** Shows a command in an element: lines break between options, not within one. */
export function showCommand(element: HTMLElement, command: string): void {
  const parts = command.split(/ (?=--)/).map((part) => {
    const span = document.createElement("span");
    span.textContent = part;
    return span;
  });
  element.replaceChildren(...parts.flatMap((part, index) => (index === 0 ? [part] : [" ", part])));
}
