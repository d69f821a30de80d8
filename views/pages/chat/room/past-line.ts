import { element } from "../../element.ts";
import type { HistoryState } from "./history.ts";

const TEXTS: Readonly<Record<HistoryState, string>> = {
  idle: "",
  loading: "Loading older messages…",
  complete: "There are no older messages.",
  failed: "",
};

/**
 * Creates the lines above the history.
 *
 * @param onRetry - told that the reader wants to try again what failed
 * @returns a function that shows how far the history reaches
 */
export function createPastLine(onRetry: () => void): (state: HistoryState) => void {
  const line = element("past", HTMLElement);
  const failure = element("past-failed", HTMLElement);
  element("retry", HTMLButtonElement).addEventListener("click", onRetry);

  return function show(state) {
    line.textContent = TEXTS[state];
    failure.hidden = state !== "failed";
  };
}

/**
 * Creates the button that leads to the latest messages.
 *
 * @returns a function that shows it, with how many of them came out of sight, unless the end is in sight
 */
export function createPositionButton(onPress: () => void): (isAtEnd: boolean, unseen: number) => void {
  const button = element("latest", HTMLButtonElement);
  button.addEventListener("click", onPress);

  return function show(isAtEnd, unseen) {
    button.hidden = isAtEnd;
    button.classList.toggle("news", unseen > 0);
    button.textContent = unseen === 0 ? "Latest messages" : `${unseen} new message${unseen === 1 ? "" : "s"}`;
  };
}
