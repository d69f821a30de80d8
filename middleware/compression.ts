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
    accept(offers: readonly Offer[]): void;
  }
  /** The grammar of Sec-WebSocket-Extensions (RFC 6455 §9.1). */
  const extension: {
    parse(header: string): Record<string, readonly Offer[] | undefined>;
    format(extensions: Record<string, unknown>): string;
  };
}

/** The parameters of one offer, each with its values; a parameter without a value has `true`. */
type Offer = Readonly<Record<string, readonly (string | true)[] | undefined>>;

/** 8 to 15, without leading zeros (RFC 7692 §7.1.2). */
const WINDOW_BITS = /^([89]|1[0-5])$/;

/** Compression as both sides agreed on it. */
export interface Negotiated {
  readonly name: string;
  readonly extension: PerMessageDeflate;
  /** What `Sec-WebSocket-Extensions` answers. */
  readonly header: string;
}

/**
 * Negotiates permessage-deflate (RFC 7692 §5): takes the first offer that can be met. Undefined where there is none, or the view
 * wants none: the handshake then goes on without.
 *
 * @throws HandshakeError 400 for an offer that is malformed
 */
export function negotiateCompression(req: IncomingMessage, settings: Settings): Negotiated | undefined {
  const header = req.headers["sec-websocket-extensions"];
  if (!settings.compression || header === undefined) return undefined;
  const options = settings.compression === true ? {} : settings.compression;
  const name = PerMessageDeflate.extensionName;
  for (const offer of parseOffers(header)[name] ?? []) {
    const deflate = new PerMessageDeflate({ ...options, isServer: true, maxPayload: settings.maxPayload });
    if (meets(deflate, offer))
      return { name, extension: deflate, header: extension.format({ [name]: [deflate.params] }) };
  }
  return undefined;
}

function parseOffers(header: string): Readonly<Record<string, readonly Offer[] | undefined>> {
  try {
    return extension.parse(header);
  } catch {
    throw new HandshakeError(400, "Invalid Sec-WebSocket-Extensions");
  }
}

/** Whether an offer can be met: one with an unknown or impossible parameter is declined (RFC 7692 §7). */
function meets(deflate: PerMessageDeflate, offer: Offer): boolean {
  for (const name of ["server_max_window_bits", "client_max_window_bits"]) {
    const values = offer[name] ?? [];
    if (values.some((value) => value !== true && !WINDOW_BITS.test(value))) return false;
  }
  try {
    deflate.accept([offer]);
    return true;
  } catch {
    return false;
  }
}
