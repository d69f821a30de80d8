import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import morgan from "morgan";

/**
 * Logs each request in a format of morgan, such as `"tiny"`, but for the value of a `key` in its URL: by that a member of the chat
 * takes its nick back, and whoever reads the log is not to be able to.
 */
export function accessLog(format: string): RequestHandler {
  morgan.token("url", (req: IncomingMessage & { readonly originalUrl?: string }) =>
    withoutKey(req.originalUrl ?? req.url ?? ""),
  );
  return morgan(format);
}

function withoutKey(url: string): string {
  return url.replace(/(?<=[?&]key=)[^&]+/g, "-");
}
