import type { RoomList } from "../../../../handlers/chat/protocol.ts";
import { ago } from "../ago.ts";

/** What is known of a room. */
export type RoomInfo = RoomList["rooms"][number];

/** Says what goes on in a room: who is there, and when something was said last. */
export function roomSummary({ members, time }: RoomInfo, now: number): string {
  const said = time === undefined ? [] : [`last message ${ago(time, now)}`];
  return [members === 0 ? "nobody here" : `${members} here`, ...said].join(" · ");
}

/** Creates a room's item: a link into it. */
export function roomItem(info: RoomInfo, now: number): HTMLLIElement {
  const link = document.createElement("a");
  link.href = `${encodeURIComponent(info.room)}/`;
  const name = document.createElement("bdi");
  name.className = "name";
  name.textContent = info.room;
  const summary = document.createElement("span");
  summary.className = "summary";
  summary.classList.toggle("lively", info.members > 0);
  summary.textContent = roomSummary(info, now);
  link.append(name, " ", summary);
  const item = document.createElement("li");
  item.append(link);
  return item;
}
