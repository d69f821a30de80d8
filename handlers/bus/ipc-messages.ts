/** What a process says to its primary about the bus. */
export type ToPrimary =
  | { readonly type: "add" | "delete"; readonly channel: string }
  | { readonly type: "publish"; readonly channel: string; readonly messages: readonly string[] }
  /** Nothing more comes. */
  | { readonly type: "close" };

/** What the primary answers. */
export type FromPrimary =
  /** All is heard that others publish on that channel from now on. */
  | { readonly type: "added"; readonly channel: string }
  | { readonly type: "hear"; readonly channel: string; readonly messages: readonly string[] }
  /** Some of what others have published on that channel was left out before this. */
  | { readonly type: "missed"; readonly channel: string }
  | { readonly type: "closed" };

export const TOPIC = "bus";
