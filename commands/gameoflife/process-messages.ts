import type { Progress } from "./progress.ts";
import type { Share } from "./share.ts";

/** What a process is told. */
export type Order =
  | { readonly type: "play"; readonly share: Share }
  /** All processes are through. */
  | { readonly type: "end" };

/** What a process says. */
export type Report =
  | { readonly type: "ready" }
  /** How far it is, and how many milliseconds each step took that it has not reported yet. */
  | { readonly type: "progress"; readonly progress: Progress; readonly stepTimes: readonly number[] }
  /** All of its cells have come to their last step. */
  | { readonly type: "through" }
  /** Somebody else lives all of its cells. */
  | { readonly type: "refused"; readonly cause: string }
  /** The game has broken off. */
  | { readonly type: "failed"; readonly message: string };

const REPORTS: ReadonlySet<unknown> = new Set(["ready", "progress", "through", "refused", "failed"]);

export function isReport(message: unknown): message is Report {
  return typeof message === "object" && message !== null && "type" in message && REPORTS.has(message.type);
}

export function isOrder(message: unknown): message is Order {
  return (
    typeof message === "object" &&
    message !== null &&
    "type" in message &&
    (message.type === "play" || message.type === "end")
  );
}
