/** What Express hangs on a request. */
export interface Answered {
  next?: unknown;
  /** What the URL was parsed into, as it is again when anybody asks. */
  _parsedUrl?: unknown;
  res?: { readonly locals?: object } | undefined;
}

/**
 * Frees what a request holds of its response, which is over: a handler that waits with its request in hand would keep that in
 * memory too, and with it the whole pipeline. `req.res` stays where middleware has left something in `res.locals`.
 */
export function letGo(req: Answered): void {
  req.next = undefined;
  req._parsedUrl = undefined;
  const { locals = {} } = req.res ?? {};
  if (Object.keys(locals).length === 0) req.res = undefined;
}
