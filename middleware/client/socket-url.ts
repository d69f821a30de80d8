import { runtime } from "./runtime.ts";

/**
 * Gives the URL of a WebSocket view as the WebSocket of every browser takes it: resolved against the page's, `ws:` for
 * `http:` and `wss:` for `https:`, without a fragment.
 *
 * @param url absolute, or relative to the page, such as `ws/`
 * @param page the page's URL. Default: that of the page or worker that this runs in
 * @throws TypeError if that is no URL
 */
export function socketUrl(url: string | URL, page = runtime.location?.href): string {
  const resolved = new URL(url, page);
  resolved.protocol = resolved.protocol.replace("http", "ws");
  resolved.hash = "";
  return resolved.href;
}
