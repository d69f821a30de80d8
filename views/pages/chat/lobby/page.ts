import { element } from "../../element.ts";
import { checkField, showProblem } from "../check-field.ts";
import { checkNick, checkRoom } from "../checks.ts";
import { createIdentity } from "../identity.ts";
import { createStore } from "../store.ts";
import { followRooms } from "./room-list.ts";

const identity = createIdentity(createStore(() => localStorage));
const nick = element("nick", HTMLInputElement);
const nickProblem = element("nick-problem", HTMLElement);
const room = element("room", HTMLInputElement);

// Behind what the browser puts back into the fields of a page that one returns to.
addEventListener("pageshow", () => {
  nick.value = identity.nick;
});
nick.addEventListener("change", () => {
  const checked = checkNick(nick.value);
  if (!("value" in checked)) return;
  identity.nick = checked.value;
  showProblem(nick, nickProblem, "");
});
element("form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const name = checkField(room, element("room-problem", HTMLElement), checkRoom);
  const own = checkField(nick, nickProblem, checkNick);
  if (own === undefined || name === undefined) return;
  identity.nick = own;
  location.assign(`${encodeURIComponent(name)}/`);
});
followRooms(element("rooms", HTMLElement), element("state", HTMLElement));
