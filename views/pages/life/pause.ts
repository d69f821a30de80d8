import { element } from "../element.ts";

/**
 * Makes a button, and a key on the picture, let the picture stand while the game goes on.
 *
 * @param onChange - told when the picture is to stand, or to go on
 * @param step - returns the step that the picture is at
 */
export function createPause(onChange: (isPaused: boolean) => void, step: () => number | undefined): void {
  const button = element("pause", HTMLButtonElement);
  const board = element("board", HTMLElement);
  const notice = element("paused", HTMLElement);
  let isPaused = false;

  function toggle(): void {
    isPaused = !isPaused;
    button.textContent = isPaused ? "Resume" : "Pause";
    button.dataset.icon = isPaused ? "play" : "pause";
    const at = step();
    notice.textContent = isPaused ? `Paused${at === undefined ? "" : ` at step ${at}`}` : "";
    notice.hidden = !isPaused;
    onChange(isPaused);
  }

  button.addEventListener("click", toggle);
  board.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.repeat) return;
    event.preventDefault();
    toggle();
  });
}
