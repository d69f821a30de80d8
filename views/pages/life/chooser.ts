import { element } from "../element.ts";
import { commandFor, sizesFor } from "./command.ts";
import { copyButton } from "./copy.ts";
import { patternCard } from "./pattern-card.ts";
import { type Choice, fetchPatterns } from "./pattern-list.ts";
import { showCommand } from "./show-command.ts";

/** What is chosen at first, if it is there. */
const FIRST = "gosper";

/**
 * Fills the chooser of patterns, and shows the command for the chosen one.
 *
 * @param game - the name of the page's game; undefined for the default one
 */
export async function fillChooser(game: string | undefined): Promise<void> {
  const cards = element("cards", HTMLElement);
  const sizes = element("sizes", HTMLSelectElement);
  const command = element("play", HTMLElement);
  let chosen: Choice | undefined;

  function write(): void {
    showCommand(
      command,
      commandFor({ pattern: chosen?.name, size: Number(sizes.value), game }, location.origin),
    );
  }

  function choose(choice: Choice): void {
    chosen = choice;
    describe(choice);
    const wanted = sizes.value;
    sizes.replaceChildren(...sizesFor(choice).map((size) => new Option(`${size}×${size}`, String(size))));
    if ([...sizes.options].some(({ value }) => value === wanted)) sizes.value = wanted;
    write();
  }

  sizes.addEventListener("change", write);
  copyButton({ button: "copy", text: "play", outcome: "copied" });
  try {
    const choices = await fetchPatterns();
    const first = choices.find(({ name }) => name === FIRST) ?? choices[0];
    cards.replaceChildren(
      ...choices.map((choice) => patternCard(choice, choice === first, () => choose(choice))),
    );
    if (first) choose(first);
    element("chosen", HTMLElement).hidden = !first;
  } catch (error) {
    cards.textContent = `The patterns cannot be shown: ${error instanceof Error ? error.message : error}`;
  }
}

function describe({ title, author, note, width, height, alive }: Choice): void {
  element("pattern-title", HTMLElement).textContent = title;
  element("pattern-size", HTMLElement).textContent = `${width}×${height}, ${alive.length} cells alive`;
  element("pattern-author", HTMLElement).textContent = author;
  element("pattern-note", HTMLElement).textContent = note;
}
