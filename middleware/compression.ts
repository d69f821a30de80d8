import type { IncomingMessage } from "node:http";
import { extension, PerMessageDeflate, type PerMessageDeflateOptions } from "ws";
import { HandshakeError } from "./errors.ts";
import type { Settings } from "./options.ts";

declare module "ws" {
  /** permessage-deflate (RFC 7692), of one connection. */
  class PerMessageDeflate {
    static readonly extensionName: string;
    readonly params: Record<string, unknown>;
    constructor(options: PerMessageDeflateOptions & { isServer: boolean; maxPayload: number });
    accept(offers: unknown): void;
  }
  /** The grammar of Sec-WebSocket-Extensions (RFC 6455 §9.1). */
  const extension: {
    parse(header: string): Record<string, unknown>;
    format(extensions: Record<string, unknown>): string;
  };
}

/** Compression as both sides agreed on it. */
export interface Negotiated {
  readonly name: string;
  readonly extension: PerMessageDeflate;
  /** What `Sec-WebSocket-Extensions` answers. */
  readonly header: string;
}

/**
 * Negotiates permessage-deflate (RFC 7692 §5); undefined where the view does not want it or the peer does not offer it.
 *
 * @throws HandshakeError 400 for an offer that is malformed or cannot be met
 */
export function negotiateCompression(req: IncomingMessage, settings: Settings): Negotiated | undefined {
  const header = req.headers["sec-websocket-extensions"];
  if (!settings.compression || header === undefined) return undefined;
  const options = settings.compression === true ? {} : settings.compression;
  const name = PerMessageDeflate.extensionName;
  const deflate = new PerMessageDeflate({ ...options, isServer: true, maxPayload: settings.maxPayload });
  try {
    const offers = extension.parse(header)[name];
    if (offers === undefined) return undefined;
    deflate.accept(offers);
  } catch {
    throw new HandshakeError(400, "Invalid or unacceptable Sec-WebSocket-Extensions");
  }
  return { name, extension: deflate, header: extension.format({ [name]: [deflate.params] }) };
}
