/** What Express tells of the route that a request has come to. */
export interface Routed {
  /** Where its router is mounted; empty for the app itself. */
  readonly baseUrl?: unknown;
  readonly route?: unknown;
}

/** What a view is called that no route leads to, as in a server without Express. */
const UNNAMED = "(unnamed)";

/** What to call the view that answers a request: the pattern of its route, `/games/:name/worker/`, behind where its router is mounted. */
export function viewNameOf({ baseUrl, route }: Routed): string {
  const mounted = typeof baseUrl === "string" ? baseUrl : "";
  return `${mounted}${patternOf(route)}` || UNNAMED;
}

/** A string or a regular expression; of several the first, whichever of them it was that matched. */
function patternOf(route: unknown): string {
  if (typeof route !== "object" || route === null || !("path" in route)) return "";
  const [first] = [route.path].flat();
  return String(first);
}
