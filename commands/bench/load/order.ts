import type { DialectName, Request } from "./dialect.ts";
import type { Amount, Done } from "./load.ts";

/** What a load process is asked for. */
export type Order =
  | { readonly do: "target"; readonly port: number; readonly dialect: DialectName; readonly request: Request }
  | { readonly do: "open"; readonly clients: number }
  | { readonly do: "echo"; readonly depth: number; readonly amount: Amount }
  | { readonly do: "burst"; readonly size: number; readonly amount: Amount };

/** What it answers: how many operations took how long, or why there is no telling. */
export type Answer = Done | { readonly error: string };

const ORDERS: readonly unknown[] = ["target", "open", "echo", "burst"] satisfies Order["do"][];

/** Whether a message of the parent is one. What it holds beside its name is the parent's own, and right. */
export function isOrder(message: unknown): message is Order {
  return typeof message === "object" && message !== null && "do" in message && ORDERS.includes(message.do);
}
