import { broadcast, type Connection } from "../../middleware/index.ts";
import { Announcements } from "./announcements.ts";
import { Feed } from "./feed.ts";
import type { Entry, Log } from "./log/log.ts";
import { foldNick, formatFrame, REPLACED, type ServerFrame } from "./protocol.ts";
import { Seat } from "./seat.ts";

/** A room with somebody in it: who that is, and what they hear of each other. */
export class Room {
  readonly name: string;
  readonly #log: Log;
  readonly #feed: Feed;
  readonly #onEmpty: () => void;
  /** By the nick as it is compared. */
  readonly #seats = new Map<string, Seat>();
  readonly #announcements = new Announcements();

  /** @param onEmpty called when the last one has left: the room is over then */
  constructor(name: string, log: Log, onEmpty: () => void) {
    this.name = name;
    this.#log = log;
    this.#feed = new Feed(name, log);
    this.#onEmpty = onEmpty;
  }

  /** How many are in it. */
  get size(): number {
    return this.#seats.size;
  }

  /**
   * Gives a nick its seat, welcomes it, and tells the others. Who has the key of a nick that is there takes its seat over, of
   * which the others notice nothing; the connection that had it is closed.
   *
   * @returns undefined if the nick is taken
   */
  enter(ws: Connection, nick: string, key: string | undefined): Seat | undefined {
    const taken = this.#taken(foldNick(nick));
    if (taken && !taken.isKnownBy(key)) return undefined;
    const seat = taken ?? new Seat(ws, nick, key);
    if (taken) this.#replace(taken, ws);
    else this.#add(seat);
    this.#announcements.add(ws);
    const members = Array.from(this.#seats.values(), (one) => one.nick);
    void ws.send(formatFrame({ type: "welcome", room: this.name, nick: seat.nick, members }));
    return seat;
  }

  /** Sends what was said since a message, or last, and from then on what is said: see {@link Feed.join}. */
  catchUp(ws: Connection, since: string | undefined): Promise<void> {
    return this.#feed.join(ws, since);
  }

  /**
   * Says something: all hear of it through the log.
   *
   * @throws LogUnavailable, as a rejection
   */
  say({ nick, author }: Seat, ref: string, text: string): Promise<Entry> {
    // Nobody is to hear of somebody who has not come yet.
    this.#announcements.flush();
    return this.#log.append(this.name, { nick, author, ref, text });
  }

  /** Tells those who have caught up that somebody else types. */
  type({ nick, ws }: Seat): void {
    this.#announcements.flush();
    broadcast(without(this.#feed.live, ws), formatFrame({ type: "typing", nick }));
  }

  /** A connection goes; its nick too, unless another connection has taken the seat. */
  leave(ws: Connection, seat: Seat): void {
    this.#announcements.delete(ws);
    this.#feed.leave(ws);
    if (seat.ws !== ws || this.#seats.get(seat.author) !== seat) return;
    this.#remove(seat);
    if (this.#seats.size > 0) return;
    this.#feed.close();
    this.#onEmpty();
  }

  /** A connection that has been closed keeps its nick from nobody, though the last of what came on it is still being said. */
  #taken(author: string): Seat | undefined {
    const seat = this.#seats.get(author);
    if (!seat?.ws.signal.aborted) return seat;
    this.#remove(seat);
    return undefined;
  }

  #remove(seat: Seat): void {
    this.#seats.delete(seat.author);
    this.#tell({ type: "left", nick: seat.nick });
  }

  #add(seat: Seat): void {
    this.#seats.set(seat.author, seat);
    this.#tell({ type: "joined", nick: seat.nick });
  }

  #replace(seat: Seat, ws: Connection): void {
    const old = seat.ws;
    seat.ws = ws;
    this.#announcements.delete(old);
    this.#feed.leave(old);
    void old.close(REPLACED, "Connected again elsewhere");
  }

  #tell(frame: ServerFrame): void {
    this.#announcements.tell(formatFrame(frame));
  }
}

function* without(connections: Iterable<Connection>, one: Connection): Generator<Connection> {
  for (const connection of connections) {
    if (connection !== one) yield connection;
  }
}
