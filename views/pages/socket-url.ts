/**
 * Resolves a WebSocket view's URL against its page's: `ws:` for an `http:` page, `wss:` for an `https:` one.
 *
 * @param path - relative to the page, such as `ws/`
 * @param page - the page's URL, such as `location.href`
 */
export function socketUrl(path: string, page: string): string {
  const url = new URL(path, page);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}
