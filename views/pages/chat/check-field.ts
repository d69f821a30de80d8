import type { Checked } from "./checks.ts";

/**
 * Reads a field; where its value will not do, says so beside it and puts the focus there.
 *
 * @param message - the element that the field's `aria-describedby` names
 * @returns the value, or undefined if it will not do
 */
export function checkField(
  field: HTMLInputElement,
  message: HTMLElement,
  check: (text: string) => Checked,
): string | undefined {
  const checked = check(field.value);
  if ("value" in checked) {
    showProblem(field, message, "");
    return checked.value;
  }
  showProblem(field, message, checked.problem);
  field.focus();
  return undefined;
}

/** Says what is wrong with a field; an empty text says that nothing is. */
export function showProblem(field: HTMLInputElement, message: HTMLElement, problem: string): void {
  message.textContent = problem;
  field.ariaInvalid = String(problem !== "");
}
