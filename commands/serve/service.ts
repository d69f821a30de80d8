import type { RequestListener } from "node:http";

/** What is served. */
export interface Service {
  readonly app: RequestListener;
  /** Lets go of what the app holds; called when nobody is connected any more. */
  close(): Promise<void>;
}
