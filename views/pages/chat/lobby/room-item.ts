import type { RoomList } from "../../../../handlers/chat/protocol.ts";
import { ago } from "../ago.ts";

/** What is known of a room. */
export type RoomInfo = RoomList["rooms"][number];

/** A room's item in the list: a link into it. */
export interface RoomItem {
  readonly element: HTMLLIElement;
  /** Says what goes on in the room now. */
  show(info: RoomInfo, now: number): void;
}

/** Says what goes on in a room: who is there, and when something was said last. */
export function roomSummary({ members, time }: RoomInfo, now: number): string {
  const said = time === undefined ? [] : [`last message ${ago(time, now)}`];
  return [members === 0 ? "nobody here" : `${members} here`, ...said].join(" · ");
}

/** Creates the item of a room, of which nothing is said yet. */
export function createRoomItem(room: string): RoomItem {
  const link = document.createElement("a");
  link.href = `${encodeURIComponent(room)}/`;
  const name = document.createElement("bdi");
  name.className = "name";
  name.textContent = room;
  const summary = document.createElement("span");
  link.append(name, " ", summary);
  const element = document.createElement("li");
  element.append(link);
  return {
    element,
    show(info, now) {
      summary.className = info.members > 0 ? "summary lively" : "summary";
      summary.textContent = roomSummary(info, now);
    },
  };
}
