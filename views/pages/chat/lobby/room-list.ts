import type { RoomList } from "../../../../handlers/chat/protocol.ts";
import { roomItem } from "./room-item.ts";

/** How often the list is asked for while the page is seen, in milliseconds. */
const REFRESH = 5_000;

/**
 * Shows the rooms, and keeps the list up to date while the page is seen.
 *
 * @param list - holds an item for each room
 * @param state - says why there is none
 */
export function followRooms(list: HTMLElement, state: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function refresh(): Promise<void> {
    clearTimeout(timer);
    try {
      show(await fetchRooms());
    } catch {
      state.textContent = "The list of rooms cannot be read at the moment. Trying again…";
    }
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(refresh, REFRESH);
  }

  function show({ rooms }: RoomList): void {
    state.textContent = rooms.length === 0 ? "There is no room yet: make the first one." : "";
    list.hidden = rooms.length === 0;
    const focused = document.activeElement?.getAttribute("href");
    const now = Date.now();
    list.replaceChildren(...rooms.map((room) => roomItem(room, now)));
    if (focused) list.querySelector<HTMLElement>(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  refresh();
}

async function fetchRooms(): Promise<RoomList> {
  const response = await fetch("rooms.json");
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}
