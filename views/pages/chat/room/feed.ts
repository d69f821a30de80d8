import type { ChatMessage, Page } from "../../../../handlers/chat/protocol.ts";
import { oncePerFrame } from "../../once-per-frame.ts";
import type { EntryList } from "./entry-list.ts";
import { createHistory, type HistoryState } from "./history.ts";
import { createScroller } from "./scroller.ts";
import { createTimeline, type Entry } from "./timeline.ts";

/** How many entries stay on the page when nobody reads older ones. */
const KEPT = 600;

/** How many entries are drawn in one frame. */
const BATCH = 200;

/** What a feed works with. */
export interface FeedOptions {
  /** The box that is scrolled. */
  readonly box: HTMLElement;
  readonly list: EntryList;
  /** Told of how far into the past the history reaches. */
  onHistory(state: HistoryState): void;
  /** Told, after each change, whether the end is in sight, and how many messages came out of sight. */
  onPosition(isAtEnd: boolean, unseen: number): void;
  /** Told of the older messages of a page, before they are drawn. */
  onOlder(messages: readonly ChatMessage[]): void;
}

/** The room's history on the page: grows at its end as messages come, and at its start as one scrolls up. */
export interface Feed {
  /** The last message's id; undefined while there is none. */
  readonly last: string | undefined;
  /** Takes the latest entry; returns false if it is there already. */
  add(entry: Entry, isOwn: boolean): boolean;
  /** All that was missed has come: older messages may be loaded, those too that could not be while there was no connection. */
  open(): void;
  /** Runs what changes the page below the history. */
  change(change: () => void): void;
  toEnd(): void;
  /** Loads older messages after a failure. */
  retry(): void;
}

/** Creates an empty feed. */
export function createFeed({ box, list, onHistory, onPosition, onOlder }: FeedOptions): Feed {
  const timeline = createTimeline();
  const history = createHistory(showPage, onHistory);
  const scroller = createScroller(box, settle);
  const waiting: { readonly entry: Entry; readonly isOwn: boolean }[] = [];
  let unseen = 0;
  let isOpen = false;

  const draw = oncePerFrame(() => {
    if (scroller.isAtEnd) forgetOldest();
    const batch = waiting.splice(0, BATCH);
    scroller.change(() => list.append(batch.map(({ entry }) => entry)));
    unseen += batch.filter(({ isOwn }) => !isOwn).length;
    if (waiting.length > 0) draw();
    settle();
  });

  /** What is drawn and what is not yet are the timeline; the oldest of it go, in whichever part they are. */
  function forgetOldest(): void {
    if (timeline.entries.length <= KEPT + BATCH || history.state === "loading") return;
    const forgotten = timeline.keepLatest(KEPT);
    const drawn = Math.min(forgotten, list.length);
    scroller.changeAbove(() => list.drop(drawn));
    waiting.splice(0, forgotten - drawn);
    history.reopen();
  }

  function showPage({ messages }: Page): void {
    onOlder(messages);
    scroller.changeAbove(() => list.prepend(timeline.prepend(messages)));
  }

  function settle(): void {
    if (scroller.isAtEnd) unseen = 0;
    onPosition(scroller.isAtEnd, unseen);
    const { first } = timeline;
    if (
      isOpen &&
      first !== undefined &&
      waiting.length === 0 &&
      scroller.isNearStart &&
      history.state === "idle"
    )
      history.load(first).then(settle);
  }

  return {
    get last() {
      return timeline.last;
    },
    add(entry, isOwn) {
      if (!timeline.append(entry)) return false;
      waiting.push({ entry, isOwn });
      draw();
      return true;
    },
    open() {
      isOpen = true;
      if (history.state === "failed") history.reopen();
      draw();
    },
    change: scroller.change,
    toEnd() {
      scroller.toEnd();
      settle();
    },
    retry() {
      history.reopen();
      settle();
    },
  };
}
