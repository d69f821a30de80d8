import type { DialectName, Request } from "./dialect.ts";

/** What a load process is asked for. */
export type Order =
  | { readonly do: "target"; readonly port: number; readonly dialect: DialectName; readonly request: Request }
  | { readonly do: "open"; readonly clients: number }
  | { readonly do: "echo"; readonly depth: number; readonly seconds: number }
  | { readonly do: "burst"; readonly size: number; readonly seconds: number };

/** What it answers: how many operations took how long, or why there is no telling. */
export type Answer = { readonly operations: number; readonly seconds: number } | { readonly error: string };
