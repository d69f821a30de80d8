import type { RoomList } from "../../../../handlers/chat/protocol.ts";
import { createRoomItem, type RoomItem } from "./room-item.ts";

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
  let items = new Map<string, RoomItem>();

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
    const now = Date.now();
    items = new Map(rooms.map((info) => [info.room, items.get(info.room) ?? createRoomItem(info.room)]));
    for (const info of rooms) items.get(info.room)?.show(info, now);
    arrange(list, [...items.values()]);
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) refresh();
  });
  refresh();
}

/** Moves only what has another place: a link that somebody is about to press, or where a screen reader is, stays as it is. */
function arrange(list: HTMLElement, items: readonly RoomItem[]): void {
  const { activeElement } = document;
  const wanted = new Set<Element>(items.map(({ element }) => element));
  for (const child of [...list.children]) if (!wanted.has(child)) child.remove();
  items.forEach(({ element }, index) => {
    if (list.children[index] !== element) list.insertBefore(element, list.children[index] ?? null);
  });
  // What is moved loses the focus.
  if (activeElement instanceof HTMLElement && list.contains(activeElement)) activeElement.focus();
}

async function fetchRooms(): Promise<RoomList> {
  const response = await fetch("rooms.json");
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}
