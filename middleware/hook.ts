import type { Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Deadlines } from "./deadlines.ts";
import { type HookSettings, resolveHookOptions } from "./hook-options.ts";
import { Keepalive } from "./keepalive.ts";
import { Places } from "./places.ts";
import { scatter } from "./scatter.ts";
import { Shape } from "./shape.ts";
import { Tally } from "./tally.ts";
import type { Tracker } from "./tracker.ts";
import type { Transport } from "./transport.ts";
import { Waiters } from "./waiters.ts";

/** Where a server keeps its hook: a registered symbol, so that two copies of this library see each other's. */
const HOOK: unique symbol = Symbol.for("express-c10k.hook");

declare module "node:http" {
  interface Server {
    [HOOK]?: Hook | undefined;
  }
}

/** What the library knows of one hooked server. */
export class Hook implements Tracker {
  readonly settings: HookSettings;
  /** Those that the connections hold, and those that handshakes on their way have taken. */
  readonly places: Places;
  readonly shape = new Shape();
  readonly tally = new Tally();
  /** The responses that the app has still to give. */
  handshakes: Deadlines<ServerResponse> | undefined;
  /** The sockets whose upgrade request is not over: still in the app's pipeline, or refused and not hung up yet. */
  readonly upgrading = new Set<Duplex>();
  /** The connections whose socket is not gone yet. */
  readonly transports = new Set<Transport>();
  readonly #keepalives = new Map<string, Keepalive>();
  #closing = false;
  #handlers = 0;
  readonly #waiters = new Waiters();

  constructor(settings: HookSettings = resolveHookOptions()) {
    this.settings = settings;
    this.places = new Places(settings);
  }

  /** Whether the server shuts down: no new connections. */
  get closing(): boolean {
    return this.#closing;
  }

  /**
   * Closes all connections, at random moments of the next `spread` milliseconds, and those whose 101 is on its way as soon as
   * they are open.
   */
  close(spread: number): void {
    this.#closing = true;
    scatter(this.transports, spread, goAway);
  }

  /** Keeps a connection alive, known and counted until its socket is gone. */
  track(transport: Transport, viewName: string): void {
    const keepalive = this.#keepaliveFor(transport);
    const view = this.tally.view(viewName);
    view.connections += 1;
    transport.view = view;
    transport.meters = view;
    this.transports.add(transport);
    keepalive?.add(transport);
    transport.tracker = this;
    if (this.#closing) goAway(transport);
  }

  /** Called when the socket is gone. */
  forget(transport: Transport): void {
    this.transports.delete(transport);
    if (transport.view) transport.view.connections -= 1;
    if (transport.closure.event) this.tally.closes.add(transport.closure.event.code);
    this.places.free(transport.address);
    this.#keepaliveFor(transport)?.delete(transport);
    this.#waiters.check();
  }

  handlerStarted(): void {
    this.#handlers += 1;
  }

  handlerEnded(): void {
    this.#handlers -= 1;
    this.#waiters.check();
  }

  /** Resolves when no handler runs. */
  handlersEnded(): Promise<void> {
    return this.#waiters.until(() => this.#handlers === 0);
  }

  /** Resolves when every connection is counted among the closed ones. */
  connectionsEnded(): Promise<void> {
    return this.#waiters.until(() => this.transports.size === 0);
  }

  /** One for all connections of the same pace. */
  #keepaliveFor({ settings }: Transport): Keepalive | undefined {
    const { pingInterval, pingTimeout } = settings;
    if (pingInterval === 0) return undefined;
    const pace = `${pingInterval} ${pingTimeout}`;
    const known = this.#keepalives.get(pace);
    if (known) return known;
    const keepalive = new Keepalive(pingInterval, pingTimeout);
    this.#keepalives.set(pace, keepalive);
    return keepalive;
  }
}

/** Going Away (RFC 6455 §7.4.1). */
function goAway(transport: Transport): void {
  transport.close(1001, "The server is shutting down");
}

/** The hook of a server; undefined if it was never hooked. */
export function hookOf(server: Server): Hook | undefined {
  return server[HOOK];
}

/** Gives a server its hook. */
export function setHook(server: Server, hook: Hook): void {
  server[HOOK] = hook;
}
