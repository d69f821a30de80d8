import { LAST, type Page } from "../../../../handlers/chat/protocol.ts";

/** `complete`: there is nothing older than what is shown. */
export type HistoryState = "idle" | "loading" | "complete" | "failed";

/** Older messages, page by page. */
export interface History {
  readonly state: HistoryState;
  /** Loads the page before a message, unless one is on its way, there is none, or the last attempt failed. */
  load(before: string): Promise<void>;
  /** Tries again after a failure, or because older messages were forgotten. */
  reopen(): void;
}

/**
 * Creates the way into a room's past.
 *
 * @param onPage - told of each page that came, while the state is still `loading`
 * @param onState - told of each new state
 */
export function createHistory(onPage: (page: Page) => void, onState: (state: HistoryState) => void): History {
  let state: HistoryState = "idle";

  function become(next: HistoryState): void {
    state = next;
    onState(next);
  }

  return {
    get state() {
      return state;
    },
    async load(before) {
      if (state !== "idle") return;
      become("loading");
      try {
        const page = await fetchPage(before);
        onPage(page);
        become(page.more ? "idle" : "complete");
      } catch {
        become("failed");
      }
    },
    reopen() {
      if (state === "complete" || state === "failed") become("idle");
    },
  };
}

async function fetchPage(before: string): Promise<Page> {
  const query = new URLSearchParams({ before, limit: String(LAST) });
  const response = await fetch(`messages/?${query}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}`);
  return response.json();
}
