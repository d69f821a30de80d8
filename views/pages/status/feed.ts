import { type Frame, parseFrame } from "../../../handlers/status/protocol.ts";
import { connect } from "../../../middleware/client/index.ts";

/** What a feed tells. */
export interface FeedOptions {
  onFrame(frame: Frame): void;
  /** Told of the state of the connection, and what to say about it. */
  onState(state: "connecting" | "open" | "closed", text: string): void;
}

/** Follows what the server tells of itself. A token in the page's query opens the feed as it opened the page. */
export async function followFeed({ onFrame, onState }: FeedOptions): Promise<void> {
  const ws = connect(`feed/${location.search}`, {
    stopOn: [],
    onConnecting: () => onState("connecting", "Connecting…"),
    onOpen: () => onState("open", "Live"),
    onClose({ delay = 0 }) {
      onState("closed", `Connection lost. Trying again in ${Math.ceil(delay / 1000)} s.`);
    },
  });
  for await (const message of ws) {
    const frame = parseFrame(String(message));
    if (frame) onFrame(frame);
  }
}
