import type { Terms } from "./holdings.ts";
import type { Change, Entry, GroupSummary, Outcome } from "./registry.ts";

/** What a process says to its primary about the registry. What has a `number` is answered with the same. */
export type ToPrimary =
  | {
      readonly type: "enter";
      readonly number: number;
      readonly group: string;
      readonly entry: Entry;
      readonly terms: Terms;
    }
  | { readonly type: "leave"; readonly group: string; readonly entry: Entry }
  | { readonly type: "follow"; readonly number: number; readonly group: string }
  | { readonly type: "unfollow"; readonly number: number }
  | { readonly type: "groups"; readonly number: number; readonly prefix: string; readonly limit: number }
  | { readonly type: "close"; readonly number: number };

/** What the primary says. */
export type FromPrimary =
  | { readonly type: "outcome"; readonly number: number; readonly outcome: Outcome }
  | { readonly type: "groups"; readonly number: number; readonly groups: readonly GroupSummary[] }
  | { readonly type: "closed"; readonly number: number }
  | { readonly type: "change"; readonly number: number; readonly change: Change }
  | { readonly type: "replaced"; readonly entry: Entry };

export const TOPIC = "registry";
