/** A request, as far as a line in a log names it. */
export interface Named {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express's: the URL as it was asked for, whatever routers made of it. */
  readonly originalUrl?: string;
}

/** The URL that was asked for. */
export function urlOf({ originalUrl, url = "" }: Named): string {
  return originalUrl ?? url;
}

/** The method and the URL of a request: what a log keeps of it. */
export function nameOf(req: Named): string {
  return `${req.method} ${urlOf(req)}`;
}
