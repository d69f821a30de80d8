import { MAX_TEXT, TYPING_PACE } from "../../../../handlers/chat/protocol.ts";
import { checkText } from "../checks.ts";

/** From how many characters before the longest text on the room that is left is shown. */
const NEARLY_FULL = 400;

/** How often one who types says so at most, in milliseconds: before it has expired for the others. */
const TYPING_INTERVAL = 3_000;

/** The elements with which one writes. */
export interface ComposerElements {
  readonly form: HTMLFormElement;
  readonly field: HTMLTextAreaElement;
  /** Says what is wrong with the text, or how much room is left. */
  readonly hint: HTMLElement;
}

/** Where a message is written. */
export interface Composer {
  focus(): void;
}

/** Creates the composer: Enter sends, Shift and Enter begin a line. */
export function createComposer(
  { form, field, hint }: ComposerElements,
  onMessage: (text: string) => void,
  onTyping: () => void,
): Composer {
  let typingAgain = 0;

  function submit(): void {
    const checked = checkText(field.value.trimEnd());
    if ("problem" in checked) {
      say(field.value.trim() === "" ? "" : checked.problem, true);
      return;
    }
    field.value = "";
    // Who has said something types no longer, for the others; what is typed next is news, as soon as it is passed on.
    typingAgain += TYPING_PACE - TYPING_INTERVAL;
    changed();
    onMessage(checked.value);
  }

  function changed(): void {
    const left = MAX_TEXT - [...field.value.trimEnd()].length;
    say(left > NEARLY_FULL ? "" : left >= 0 ? `${left} left` : `${-left} too many`, left < 0);
    fitHeight(field);
  }

  function say(text: string, isProblem: boolean): void {
    hint.textContent = text;
    field.ariaInvalid = String(isProblem && text !== "");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
    field.focus();
  });
  field.addEventListener("keydown", (event) => {
    // While an input method composes a word, Enter ends that.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", () => {
    changed();
    const now = performance.now();
    if (field.value.trim() === "" || now < typingAgain) return;
    typingAgain = now + TYPING_INTERVAL;
    onTyping();
  });

  return { focus: () => field.focus() };
}

/** Makes a field as high as its text, in browsers that do not do so by themselves. */
function fitHeight(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}
