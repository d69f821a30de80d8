import type { ChatDialectName } from "./dialect.ts";

/** What the members' process is asked for. */
export type ChatOrder =
  | {
      readonly do: "fill";
      readonly port: number;
      readonly dialect: ChatDialectName;
      readonly members: number;
    }
  | { readonly do: "speak"; readonly rounds: number; readonly atOnce: number };

/** What it answers: what that took, or why there is no telling. */
export type ChatAnswer =
  | { readonly seconds: number }
  | { readonly milliseconds: readonly number[] }
  | { readonly error: string };

const ORDERS: readonly unknown[] = ["fill", "speak"] satisfies ChatOrder["do"][];

/** Whether a message of the parent is one. What it holds beside its name is the parent's own, and right. */
export function isChatOrder(message: unknown): message is ChatOrder {
  return typeof message === "object" && message !== null && "do" in message && ORDERS.includes(message.do);
}
