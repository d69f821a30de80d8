import { broadcast, type Connection } from "../../middleware/index.ts";
import type { Bus, Subscription } from "../bus/bus.ts";
import type { Registry } from "../registry/registry.ts";
import { Announcements } from "./announcements.ts";
import { Feed } from "./feed.ts";
import type { Entry, Log } from "./log/log.ts";
import { Presence } from "./presence.ts";
import { foldNick, formatFrame, REPLACED } from "./protocol.ts";
import { Seat } from "./seat.ts";

/** What the servers of a chat share. */
export interface Shared {
  /** Keeps what is said. */
  readonly log: Log;
  /** Knows who is where. */
  readonly registry: Registry;
  /** Tells who types. */
  readonly bus: Bus;
}

/** A room with somebody in it on this server, and what they hear of each other and of those on other servers. */
export class Room {
  readonly name: string;
  readonly #group: string;
  readonly #shared: Shared;
  readonly #feed: Feed;
  readonly #presence: Presence;
  readonly #typing: Subscription;
  readonly #announcements = new Announcements();
  readonly #onEmpty: () => void;
  /** The members who are on this server, by the nick as it is compared. */
  readonly #seats = new Map<string, Seat>();
  /** How many connections are in it, or about to be. */
  #connections = 0;

  /**
   * @param group what the room is called in the registry and on the bus
   * @param onEmpty called when the last connection has left: the room is over then
   */
  constructor(name: string, group: string, shared: Shared, onEmpty: () => void) {
    this.name = name;
    this.#group = group;
    this.#shared = shared;
    this.#onEmpty = onEmpty;
    this.#feed = new Feed(name, shared.log);
    this.#presence = new Presence(shared.registry, group, (frame) =>
      this.#announcements.tell(formatFrame(frame)),
    );
    this.#typing = shared.bus.subscribe(group, { hear: (author) => this.#tellOfTyping(author) });
  }

  /** How many members it has, on all servers. */
  get size(): number {
    return this.#presence.size;
  }

  /**
   * Gives a nick its seat, welcomes it, and tells the others. Who has the key of a nick that is there takes its seat over, of
   * which the others notice nothing; the connection that had it is closed.
   *
   * @returns undefined if the nick is taken
   * @throws RegistryUnavailable, as a rejection
   */
  async enter(ws: Connection, nick: string, key: string | undefined): Promise<Seat | undefined> {
    this.#connections += 1;
    try {
      const seat = await this.#take(ws, nick, key);
      if (!seat) return this.#goOut();
      await Promise.race([this.#presence.heardOf(seat.entry), ws.closed]);
      this.#presence.forget(seat.entry);
      this.#welcome(ws, seat);
      return seat;
    } catch (error) {
      this.#goOut();
      throw error;
    }
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
    return this.#shared.log.append(this.name, { nick, author, ref, text });
  }

  /** Tells those who have caught up that somebody else types. */
  type({ author, ws }: Seat): void {
    this.#tellOfTyping(author, ws);
    this.#shared.bus.publish(this.#group, author);
  }

  /** A connection goes; its nick too, unless another connection has taken the seat. */
  leave(ws: Connection, seat: Seat): void {
    this.#announcements.delete(ws);
    this.#feed.leave(ws);
    if (seat.ws === ws) this.#giveUp(seat);
    this.#goOut();
  }

  async #take(ws: Connection, nick: string, key: string | undefined): Promise<Seat | undefined> {
    const author = foldNick(nick);
    this.#vacate(author);
    const old = this.#seats.get(author);
    let seat: Seat | undefined;
    const replaced = () => {
      seat?.lose();
      this.#sendAway(ws);
    };
    const { registry } = this.#shared;
    const outcome = await registry.enter(this.#group, author, { card: nick, secret: key, replaced });
    if (typeof outcome === "string") return undefined;
    seat = old?.isLost ? old.takenBy(ws, outcome) : new Seat(ws, outcome);
    this.#seats.set(author, seat);
    return seat;
  }

  /** A connection that has been closed keeps its nick from nobody, though the last of what came on it is still being said. */
  #vacate(author: string): void {
    const seat = this.#seats.get(author);
    if (seat?.ws.signal.aborted) this.#giveUp(seat);
  }

  #giveUp(seat: Seat): void {
    if (this.#seats.get(seat.author) === seat) this.#seats.delete(seat.author);
    this.#shared.registry.leave(this.#group, seat.entry);
  }

  #sendAway(ws: Connection): void {
    this.#announcements.delete(ws);
    this.#feed.leave(ws);
    void ws.close(REPLACED, "Connected again elsewhere");
  }

  #welcome(ws: Connection, seat: Seat): void {
    this.#announcements.add(ws);
    const members = this.#presence.nicks;
    void ws.send(formatFrame({ type: "welcome", room: this.name, nick: seat.nick, members }));
  }

  #tellOfTyping(author: string, ws?: Connection): void {
    const nick = this.#presence.nickOf(author);
    // The bus may be ahead of the registry: nobody is to hear of somebody who has not come yet.
    if (nick === undefined) return;
    this.#announcements.flush();
    broadcast(without(this.#feed.live, ws), formatFrame({ type: "typing", nick }));
  }

  #goOut(): undefined {
    this.#connections -= 1;
    if (this.#connections > 0) return;
    this.#feed.close();
    this.#presence.end();
    this.#typing.end();
    this.#onEmpty();
  }
}

function* without(connections: Iterable<Connection>, one: Connection | undefined): Generator<Connection> {
  for (const connection of connections) {
    if (connection !== one) yield connection;
  }
}
