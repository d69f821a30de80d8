import type { Worker } from "node:cluster";
import type { RequestListener, Server } from "node:http";

/** What is served. */
export interface Service {
  readonly app: RequestListener;
  /** Lets go of what the app holds; called when nobody is connected any more. */
  close(): Promise<void>;
}

/** Makes what is served, by a server that is there already, and is hooked before it listens. */
export type Create = (server: Server) => Service;

/** Makes what the processes of one primary share. */
export type Host = () => Tie;

/** Ties a process to it; gives what unties it when that has ended. */
export type Tie = (worker: Worker) => () => void;
