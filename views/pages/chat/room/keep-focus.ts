/** Gives a box the focus when a button in or above it is pressed, which then may go away: that must not take the focus with it. */
export function keepFocus(box: HTMLElement): void {
  box.parentElement?.addEventListener("click", ({ target }) => {
    if (target instanceof HTMLButtonElement) box.focus({ preventScroll: true });
  });
}
