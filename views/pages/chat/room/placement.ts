/** What decides where a message stands: who said it, and when, as ISO 8601. */
export interface Placed {
  readonly nick: string;
  readonly time: string;
}

/** What goes before a message. */
export interface Placement {
  /** The day, because the message before it is of another, or there is none. */
  readonly day: boolean;
  /** The author's name: the message begins a group. */
  readonly author: boolean;
}

/** Says whether a message goes on with the group of the one before it: the same author, on the same local day. */
export function placement(previous: Placed | undefined, next: Placed): Placement {
  const day = !previous || localDay(previous.time) !== localDay(next.time);
  return { day, author: day || previous?.nick !== next.nick };
}

function localDay(time: string): string {
  return new Date(time).toDateString();
}
