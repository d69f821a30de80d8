import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import type { ConnectOptions } from "./connect-options.ts";
import { Connection } from "./connection.ts";
import { UnexpectedResponse } from "./errors.ts";
import { resolveOptions } from "./options.ts";
import { type Client, Transport } from "./transport.ts";

/** What a client has to send is its own to bound: a server's defence against peers that do not read is not for it. */
const SETTINGS = resolveOptions({ maxBufferedAmount: Number.POSITIVE_INFINITY });

/**
 * Connects to a WebSocket server; resolves when its 101 is in, with a connection of the kind that handlers hold.
 *
 * @throws UnexpectedResponse, as a rejection, if the server answers with another HTTP response
 * @throws Error, as a rejection, of the network, or for a handshake that breaks RFC 6455
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Connection> {
  const transport = new Transport(SETTINGS, clientOf(url, options));
  return new Promise((resolve, reject) => {
    const refused = (_request: unknown, response: IncomingMessage): void => {
      refusal(response).then(reject, reject);
    };
    transport.once("unexpected-response", refused);
    transport.once("error", reject);
    transport.once("open", () => {
      transport.off("error", reject).off("unexpected-response", refused);
      transport.address = transport.socket?.remoteAddress;
      resolve(new Connection(transport));
    });
  });
}

function clientOf(
  url: string,
  { protocols = [], autoPong = true, compression = false, ...rest }: ConnectOptions,
): Client {
  const { closeTimeout, maxPayload } = SETTINGS;
  const options = { closeTimeout, maxPayload, perMessageDeflate: compression, ...rest };
  return { url, protocols: [...protocols], autoPong, options };
}

async function refusal(response: IncomingMessage): Promise<UnexpectedResponse> {
  const { statusCode = 0, headers } = response;
  return new UnexpectedResponse({ status: statusCode, headers, text: await text(response) });
}
