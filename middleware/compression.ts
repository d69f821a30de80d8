import type { IncomingMessage } from "node:http";
import { extension, PerMessageDeflate } from "ws";
import type { CompressionOptions } from "./compression-options.ts";
import { HandshakeError } from "./errors.ts";
import type { Settings } from "./options.ts";

declare module "ws" {
  /** permessage-deflate (RFC 7692), of one connection. */
  class PerMessageDeflate {
    static readonly extensionName: string;
    readonly params: Record<string, unknown>;
    constructor(options: CompressionOptions & { isServer: boolean; maxPayload: number });
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
 * Negotiates permessage-deflate (RFC 7692 §5); undefined where the view does not want it, or the peer offers nothing that can
 * be met: the handshake then goes on without.
 *
 * @throws HandshakeError 400 for an offer that is malformed
 */
export function negotiateCompression(req: IncomingMessage, settings: Settings): Negotiated | undefined {
  const header = req.headers["sec-websocket-extensions"];
  if (!settings.compression || header === undefined) return undefined;
  const options = settings.compression === true ? {} : settings.compression;
  const name = PerMessageDeflate.extensionName;
  const offers = parseOffers(header)[name];
  const deflate = new PerMessageDeflate({ ...options, isServer: true, maxPayload: settings.maxPayload });
  if (offers === undefined || !meets(deflate, offers)) return undefined;
  return { name, extension: deflate, header: extension.format({ [name]: [deflate.params] }) };
}

function parseOffers(header: string): Record<string, unknown> {
  try {
    return extension.parse(header);
  } catch {
    throw new HandshakeError(400, "Invalid Sec-WebSocket-Extensions");
  }
}

/** Whether one of the offers can be met: one with an unknown or impossible parameter is declined (RFC 7692 §7). */
function meets(deflate: PerMessageDeflate, offers: unknown): boolean {
  try {
    deflate.accept(offers);
    return true;
  } catch {
    return false;
  }
}
