import type { Log } from "./log/log.ts";
import type { RoomList } from "./protocol.ts";
import { Room, type Shared } from "./room.ts";

/** How many rooms are listed of those with somebody in them, and how many of those where something was said last. */
const LISTED = 100;

/** What the names of all rooms begin with, in the registry and on the bus. */
const GROUPS = "chat/";

/** The rooms of one app. Of each that has somebody in it on this server there is one object; of the others only what is shared. */
export class Rooms {
  readonly #shared: Shared;
  readonly #rooms = new Map<string, Room>();

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /** Keeps what is said. */
  get log(): Log {
    return this.#shared.log;
  }

  /** How many rooms have somebody in them on this server. */
  get size(): number {
    return this.#rooms.size;
  }

  /** Gives a room, to be entered at once: it goes when the last one leaves. */
  get(name: string): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    const room = new Room(name, GROUPS + name, this.#shared, () => this.#rooms.delete(name));
    this.#rooms.set(name, room);
    return room;
  }

  /**
   * The rooms that are worth a visit.
   *
   * @throws LogUnavailable, as a rejection
   * @throws RegistryUnavailable, as a rejection
   */
  async list(): Promise<RoomList> {
    const [groups, latest] = await Promise.all([
      this.#shared.registry.groups(GROUPS, LISTED),
      this.log.latestRooms(LISTED),
    ]);
    const sizes = new Map(groups.map(({ group, size }) => [group.slice(GROUPS.length), size]));
    const times = new Map(latest.map(({ room, time }) => [room, new Date(time).toISOString()]));
    const names = new Set([...sizes.keys(), ...times.keys()]);
    return {
      rooms: Array.from(names, (room) => {
        const time = times.get(room);
        return { room, members: sizes.get(room) ?? 0, ...(time !== undefined && { time }) };
      }),
    };
  }
}
