import { checkField, showProblem } from "../check-field.ts";
import { checkNick } from "../checks.ts";

/** The elements with which one says who one is. */
export interface EntranceElements {
  /** Shows what belongs to its stage: the entrance, the room, or the room while one picks another nick. */
  readonly main: HTMLElement;
  readonly form: HTMLFormElement;
  readonly field: HTMLInputElement;
  /** Says what is wrong with the nick. */
  readonly message: HTMLElement;
  readonly cancel: HTMLButtonElement;
}

/** How a nick is asked for. */
export interface Question {
  /** `entrance`: before anything is to be seen. `renaming`: below what was said. */
  readonly stage: "entrance" | "renaming";
  /** What stands in the field at first. */
  readonly nick: string;
  /** Why it will not do. Default: nothing is wrong with it */
  readonly problem?: string;
  /** Whether there is a nick to stay with. */
  readonly canCancel: boolean;
}

/** Where one says who one is. */
export interface Entrance {
  ask(question: Question): void;
  /** Shows the room instead. */
  close(): void;
}

/**
 * Creates the entrance, which asks nothing yet.
 *
 * @param onNick - told of a nick that will do
 * @param onCancel - told that the nick stays as it was, by the button or the Escape key
 */
export function createEntrance(
  { main, form, field, message, cancel }: EntranceElements,
  onNick: (nick: string) => void,
  onCancel: () => void,
): Entrance {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const nick = checkField(field, message, checkNick);
    if (nick !== undefined) onNick(nick);
  });
  cancel.addEventListener("click", onCancel);
  form.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Escape" && !isComposing && !cancel.hidden) onCancel();
  });

  return {
    ask({ stage, nick, problem = "", canCancel }) {
      main.dataset.stage = stage;
      cancel.hidden = !canCancel;
      field.value = nick;
      showProblem(field, message, problem);
      field.focus();
      field.select();
    },
    close() {
      main.dataset.stage = "room";
    },
  };
}
