import { hueOf, initialOf } from "../hue.ts";
import { nickElement } from "../nick-element.ts";
import type { Members } from "./members.ts";

/** How many members are listed by name; of more the number is said. */
const LISTED = 200;

/** The elements that tell of members. */
export interface MemberElements {
  readonly list: HTMLElement;
  /** Says how many there are, and unfolds the list where there is little room. */
  readonly toggle: HTMLButtonElement;
  /** What is folded away. */
  readonly panel: HTMLElement;
}

/**
 * Creates the list of members, folded away where there is little room.
 *
 * @returns a function that shows who is there, and which of them reads this
 */
export function createMemberList({
  list,
  toggle,
  panel,
}: MemberElements): (members: Members, own: string) => void {
  function unfold(isOpen: boolean): void {
    panel.dataset.open = String(isOpen);
    toggle.ariaExpanded = String(isOpen);
  }

  toggle.addEventListener("click", () => unfold(panel.dataset.open !== "true"));
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  toggle.addEventListener("keydown", ({ key }) => key === "Escape" && close());
  unfold(false);

  function close(): void {
    unfold(false);
    toggle.focus();
  }

  return function show(members, own) {
    const nicks = members.sorted;
    const items = nicks.slice(0, LISTED).map((nick) => memberItem(nick, nick === own));
    if (nicks.length > LISTED) items.push(restItem(nicks.length - LISTED));
    list.replaceChildren(...items);
    toggle.textContent = members.count === 1 ? "1 member" : `${members.count} members`;
  };
}

function memberItem(nick: string, isOwn: boolean): HTMLLIElement {
  const item = document.createElement("li");
  const avatar = document.createElement("span");
  avatar.className = "avatar";
  avatar.ariaHidden = "true";
  avatar.textContent = initialOf(nick);
  item.style.setProperty("--hue", String(hueOf(nick)));
  item.append(avatar, nickElement(nick));
  if (isOwn) item.append(ownMark());
  return item;
}

function ownMark(): HTMLElement {
  const mark = document.createElement("span");
  mark.className = "you";
  mark.textContent = "(you)";
  return mark;
}

function restItem(count: number): HTMLLIElement {
  const item = document.createElement("li");
  item.className = "rest";
  item.textContent = `and ${count} more`;
  return item;
}
