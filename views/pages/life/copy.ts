import { element } from "../element.ts";

/** How long a button says that it has copied, in milliseconds. */
const PRAISE = 2_000;

/**
 * Makes a button copy an element's text.
 *
 * @param ids - of the button, of the element, and of the one that says what came of it
 */
export function copyButton(ids: {
  readonly button: string;
  readonly text: string;
  readonly outcome: string;
}): void {
  const button = element(ids.button, HTMLButtonElement);
  const text = element(ids.text, HTMLElement);
  const outcome = element(ids.outcome, HTMLElement);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(what: string): void {
    clearTimeout(timer);
    outcome.textContent = what;
    timer = setTimeout(() => {
      outcome.textContent = "";
    }, PRAISE);
  }

  button.addEventListener("click", async () => {
    say((await copy(text)) ? "Copied" : "Selected: copy it with your keyboard");
  });
}

/** The clipboard is for secure pages only: elsewhere the text is selected, and the browser asked to copy what is. */
async function copy(from: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(from.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(from);
    return document.execCommand("copy");
  }
}
