import type { IncomingMessage, ServerResponse } from "node:http";

/** What Express sets on every request. */
interface OfRequest {
  next?: unknown;
  baseUrl?: unknown;
  originalUrl?: unknown;
  _parsedUrl?: unknown;
  params?: unknown;
  route?: unknown;
  res?: unknown;
}

/** And on every response. */
interface OfResponse {
  locals?: unknown;
}

const NAMES: readonly (keyof OfRequest)[] = [
  "next",
  "baseUrl",
  "originalUrl",
  "_parsedUrl",
  "params",
  "route",
  "res",
];

/**
 * Gives requests and responses from the start the properties that the pipeline will set on them. Express changes their
 * prototype, and on Node 20 and 22 each property that V8 adds to such an object costs a hidden class of its own: a kilobyte
 * and slow access from then on, several times a request. Two thirds of the time that a handshake takes in Express went there.
 */
export class Shape {
  /** The symbols that Node itself has set on a request; undefined before the first. */
  #ofNode: readonly symbol[] | undefined;
  /** Those that the pipeline has set, as Express's router does; undefined before the first that was accepted. */
  #ofPipeline: readonly symbol[] | undefined;
  /** Whether nobody has given requests such a property by their prototype, as a getter that cannot be set. */
  #isFree: boolean | undefined;
  /** Whether the pipeline sets `res.locals`, which an app may have for all of its responses, on their prototype. */
  #hasLocals = false;

  /** Before the pipeline. Each property reads as it would have in any case. */
  prepare(req: IncomingMessage & OfRequest, res: ServerResponse & OfResponse): void {
    this.#ofNode ??= Object.getOwnPropertySymbols(req);
    this.#isFree ??= NAMES.every((name) => !(name in req));
    if (!this.#isFree) return;
    req.next = req.baseUrl = req.originalUrl = req._parsedUrl = req.params = req.route = req.res = undefined;
    for (const symbol of this.#ofPipeline ?? []) Reflect.set(req, symbol, undefined);
    if (this.#hasLocals) res.locals = undefined;
    const { statusCode, statusMessage } = res;
    res.statusCode = statusCode;
    res.statusMessage = statusMessage;
  }

  /** Behind the pipeline. A name is never learnt: middleware may ask whether a request has one, of a symbol only its owner knows. */
  learn(req: IncomingMessage, res: ServerResponse): void {
    if (this.#ofPipeline || !this.#ofNode) return;
    this.#hasLocals = Object.hasOwn(res, "locals");
    const known = new Set(this.#ofNode);
    this.#ofPipeline = Object.getOwnPropertySymbols(req).filter(
      (symbol) => !known.has(symbol) && isPlain(Object.getOwnPropertyDescriptor(req, symbol)),
    );
  }
}

/** Whether an assignment has made a property. */
function isPlain(descriptor: PropertyDescriptor | undefined): boolean {
  return descriptor !== undefined && descriptor.writable === true && descriptor.enumerable === true;
}
