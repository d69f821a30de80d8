import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Agreement } from "./agreement.ts";
import type { Hook } from "./hook.ts";
import type { Settings } from "./options.ts";
import type { Transport } from "./transport.ts";

/** Where an upgrade request keeps its {@link Upgrade}: a registered symbol, so that two copies of this library agree. */
const UPGRADE: unique symbol = Symbol.for("express-c10k.upgrade");

declare module "node:http" {
  interface IncomingMessage {
    [UPGRADE]?: Upgrade | "over";
  }
}

/** An upgrade request on its way through the app's pipeline. */
export interface Upgrade {
  readonly server: Server;
  readonly hook: Hook;
  readonly socket: Socket;
  readonly res: ServerResponse;
  /** Set by the view that answers 101. */
  accepted?: Accepted;
}

/** What becomes of an upgrade that a view accepted, once its 101 has left. */
export interface Accepted {
  readonly settings: Settings;
  readonly agreement: Agreement;
  /** The peer's, by which its place counts. */
  readonly address: string | undefined;
  /** What the view that accepted it is called. */
  readonly view: string;
  transplanted(transport: Transport): void;
  /** The peer was gone before the 101 had left. */
  aborted(): void;
}

/** The upgrade of a request, or that it is over; undefined if the request did not come through `hookUpgrades`. */
export function upgradeOf(req: IncomingMessage): Upgrade | "over" | undefined {
  return req[UPGRADE];
}

export function setUpgrade(req: IncomingMessage, upgrade: Upgrade): void {
  req[UPGRADE] = upgrade;
}

/**
 * Gives the upgrade of a request to whoever ends it, once; then the request lets go of the socket and of what that had
 * received, since a handler may keep its request.
 */
export function takeUpgrade(req: IncomingMessage): Upgrade | undefined {
  const upgrade = req[UPGRADE];
  req[UPGRADE] = "over";
  if (upgrade === "over" || upgrade === undefined) return undefined;
  upgrade.hook.handshakes?.delete(upgrade.res);
  return upgrade;
}
