import { bubble } from "./bubble.ts";
import type { Outgoing } from "./outgoing.ts";

/** What a reader can do about a message that is on its way. */
export interface OutgoingActions {
  /** Sends it again, now. */
  again(ref: string): void;
  /** Takes it away. */
  drop(ref: string): void;
}

/** What is said beside the text of a message, by what becomes of it. */
const NOTES: Readonly<Record<Outgoing["state"], string>> = {
  waiting: "Waiting",
  sent: "Sending…",
  kept: "Sent",
  refused: "Not sent",
};

/**
 * Creates the list of messages on their way out.
 *
 * @returns a function that shows them as they are now
 */
export function createOutgoingList(
  list: HTMLElement,
  actions: OutgoingActions,
): (messages: readonly Outgoing[]) => void {
  const items = new Map<string, HTMLLIElement>();

  function itemOf(message: Outgoing): HTMLLIElement {
    const item = items.get(message.ref) ?? document.createElement("li");
    items.set(message.ref, item);
    // An item that has not changed stays as it is: somebody may be about to press its button.
    const drawn = JSON.stringify(message);
    if (item.dataset.drawn !== drawn) item.replaceChildren(...contentOf(message, actions));
    item.dataset.drawn = drawn;
    item.dataset.state = message.state;
    item.className = "message own";
    return item;
  }

  return function show(messages) {
    const current = new Set(messages.map(({ ref }) => ref));
    for (const [ref, item] of items) {
      if (current.has(ref)) continue;
      item.remove();
      items.delete(ref);
    }
    for (const message of messages) {
      const item = itemOf(message);
      if (!item.isConnected) list.append(item);
    }
    list.hidden = messages.length === 0;
  };
}

function contentOf(
  { ref, text, state, problem, follows }: Outgoing,
  actions: OutgoingActions,
): HTMLElement[] {
  const note = document.createElement("span");
  note.className = "note";
  note.textContent = NOTES[state];
  const content = [bubble(text, note)];
  if (state === "refused" || (state === "waiting" && problem !== undefined)) {
    content.push(problemLine(problem ?? "It was refused"));
    if (!follows) content.push(buttons(ref, actions));
  }
  return content;
}

function problemLine(problem: string): HTMLElement {
  const line = document.createElement("p");
  line.className = "problem";
  line.textContent = problem;
  return line;
}

function buttons(ref: string, actions: OutgoingActions): HTMLElement {
  const line = document.createElement("p");
  line.className = "actions";
  line.append(
    button("Try again", () => actions.again(ref)),
    button("Take away", () => actions.drop(ref)),
  );
  return line;
}

function button(label: string, act: () => void): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "quiet";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}
