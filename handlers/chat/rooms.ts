import type { Log } from "./log/log.ts";
import type { RoomList } from "./protocol.ts";
import { Room } from "./room.ts";

/** How many rooms are listed of those with somebody in them, and how many of those where something was said last. */
const LISTED = 100;

/** The rooms of one app. Of each that has somebody in it there is one object; of the others only what the log has. */
export class Rooms {
  readonly log: Log;
  readonly #rooms = new Map<string, Room>();

  constructor(log: Log) {
    this.log = log;
  }

  /** How many rooms have somebody in them. */
  get size(): number {
    return this.#rooms.size;
  }

  /** Gives a room, to be entered at once: it goes when the last one leaves. */
  get(name: string): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = new Room(name, this.log, () => this.#rooms.delete(name));
    this.#rooms.set(name, room);
    return room;
  }

  /** @throws LogUnavailable, as a rejection */
  async list(): Promise<RoomList> {
    const latest = await this.log.latestRooms(LISTED);
    const times = new Map(latest.map(({ room, time }) => [room, new Date(time).toISOString()]));
    const fullest = [...this.#rooms.values()].sort((a, b) => b.size - a.size).slice(0, LISTED);
    const names = new Set([...fullest.map(({ name }) => name), ...times.keys()]);
    return {
      rooms: Array.from(names, (room) => {
        const time = times.get(room);
        return { room, members: this.#rooms.get(room)?.size ?? 0, ...(time !== undefined && { time }) };
      }),
    };
  }
}
