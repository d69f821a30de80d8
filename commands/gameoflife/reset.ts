import type { LookupFunction } from "node:net";
import { STEPS_PROTOCOL } from "../../handlers/life/steps-protocol.ts";
import type { Connection } from "../../middleware/connection.ts";
import { ConnectionClosed, UnexpectedResponse } from "../../middleware/errors.ts";
import { connector } from "../connector.ts";
import { CommandError } from "../errors.ts";
import { closureCause, failureCause, notImplemented } from "../failure.ts";
import { lookupOf, type Server } from "./servers.ts";
import { type GameName, viewUrl } from "./urls.ts";

/** What the id of a game may look like. */
const GAME = /^[\w-]{1,64}$/;

/**
 * Starts a game.
 *
 * @returns its id; undefined on a server that only knows the original's wire format
 * @throws CommandError if the server does not start it
 */
export async function startGame(server: Server, name: GameName, size: number): Promise<string | undefined> {
  const { id, code, reason } = await sendSize(lookupOf(server), viewUrl(server.url, name, "reset/"), size);
  if (code === 1000) return id;
  throw new CommandError(`The server started no game of size ${size}: ${closureCause(code, reason)}`);
}

interface Answer {
  readonly id: string | undefined;
  readonly code: number;
  readonly reason: string;
}

async function sendSize(lookup: LookupFunction | undefined, url: string, size: number): Promise<Answer> {
  try {
    const ws = await connect(lookup, url);
    await ws.send(String(size));
    const id = ws.protocol === STEPS_PROTOCOL ? await recvId(ws) : undefined;
    return { id, ...(await ws.closed) };
  } catch (error) {
    throw new CommandError(
      notImplemented(error) ?? `The server started no game of size ${size}: ${failureCause(error)}`,
    );
  }
}

/** One that says yes to any subprotocol, and knows none, closes the connection without a word. */
async function recvId(ws: Connection): Promise<string | undefined> {
  try {
    const message = await ws.recv();
    return typeof message === "string" && GAME.test(message) ? message : undefined;
  } catch (error) {
    if (error instanceof ConnectionClosed) return undefined;
    throw error;
  }
}

/** A server need not know a subprotocol that it is asked for (RFC 6455 §4.2.2); `ws` takes that for a failure. */
async function connect(lookup: LookupFunction | undefined, url: string): Promise<Connection> {
  try {
    return await connector(lookup, { protocols: [STEPS_PROTOCOL] })(url);
  } catch (error) {
    if (error instanceof UnexpectedResponse) throw error;
    return connector(lookup)(url);
  }
}
