import { handshakeText, type RawResponse, readResponse } from "./raw-http.ts";
import type { RawSocket } from "./raw-socket.ts";
import type { Network } from "./use-network.ts";

/** The answer to an opening handshake, and the connection that it came on. */
export interface Answer extends RawResponse {
  readonly raw: RawSocket;
}

/** Sends an opening handshake, and reads the answer, whatever it is. */
export async function ask(
  network: Network,
  port: number,
  path = "/",
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const raw = await network.dial(port);
  raw.write(handshakeText(path, headers));
  return { raw, ...(await readResponse(raw)) };
}

/** What `Cookie` sends back for what `Set-Cookie` set; the cookies of these tests have no comma in their attributes. */
export function cookiesOf(setCookie: string | undefined): string {
  return (setCookie ?? "")
    .split(/, (?=[^;,]+=)/)
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
