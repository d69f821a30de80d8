import { type IncomingMessage, get as overHttp } from "node:http";
import { get as overHttps } from "node:https";
import { text } from "node:stream/consumers";

/**
 * Gets a text. A name and a password in the URL are sent along (RFC 7617).
 *
 * It is not `fetch`, which refuses such URLs, and which in Node.js 20 waits for ever for a server that hangs up without a word.
 *
 * @param timeout how long that may take, in milliseconds
 * @throws Error, as a rejection, of the network, or if the answer is not 200
 */
export function getText(url: string, timeout: number): Promise<string> {
  const get = new URL(url).protocol === "https:" ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    // A connection that is kept would be one to a server that may be gone by the next time.
    const request = get(url, { agent: false }, (response) => textOf(response).then(resolve, reject));
    const timer = setTimeout(() => request.destroy(new Error("it does not answer")), timeout);
    request.once("error", reject).once("close", () => clearTimeout(timer));
  });
}

async function textOf(response: IncomingMessage): Promise<string> {
  const { statusCode } = response;
  if (statusCode === 200) return text(response);
  response.resume();
  throw new Error(`HTTP ${statusCode}`);
}
