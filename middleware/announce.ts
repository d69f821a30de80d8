import type { IncomingMessage, Server } from "node:http";
import { type CloseMessage, closes, isHeard, type OpenMessage, opens } from "./channels.ts";
import type { Connection } from "./connection.ts";
import { nameOf } from "./request-name.ts";
import { type Summary, summarize } from "./summary.ts";
import { transportOf } from "./transport.ts";

/**
 * Tells whoever wants to know that a connection is open, and once it is gone what it came to. Where that is nobody, the connection keeps
 * nothing of it.
 */
export function announce(connection: Connection, request: IncomingMessage, server: Server): void {
  const transport = transportOf(connection);
  const { onClose } = transport.settings;
  const heard = isHeard();
  if (!heard && !onClose) return;
  const name = nameOf(request);
  const summary = summarize(transport, { request: name, remoteAddress: transport.address });
  if (onClose) void summary.then(onClose).catch(report(name));
  if (!heard) return;
  const about = { server, view: transport.view?.name ?? "", connection };
  opens.publish({ ...about, request } satisfies OpenMessage);
  tellEnd(about, summary);
}

/** In a function of its own, which does not keep the request in memory for as long as the connection. */
function tellEnd(about: Omit<CloseMessage, "summary">, summary: Promise<Summary>): void {
  void summary.then((summary) => closes.publish({ ...about, summary } satisfies CloseMessage));
}

/** A log that fails is no reason to end the process, nor one to keep silent. */
function report(request: string): (failure: unknown) => void {
  return (failure) => console.error(`${request}: onClose failed:`, failure);
}
