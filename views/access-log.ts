import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";
import morgan from "morgan";

/**
 * Logs each request in a format of morgan, such as `"tiny"`, but for the value of a `key` or a `token` in its URL: by the one a member of
 * the chat takes its nick back, by the other anybody sees the server's status, and whoever reads the log is not to be able to.
 */
export function accessLog(format: string): RequestHandler {
  morgan.token("url", (req: IncomingMessage & { readonly originalUrl?: string }) =>
    withoutSecrets(req.originalUrl ?? req.url ?? ""),
  );
  return morgan(format);
}

function withoutSecrets(url: string): string {
  return url.replace(/(?<=[?&](?:key|token)=)[^&]+/g, "-");
}
