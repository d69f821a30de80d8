import { WebSocketError } from "../../middleware/index.ts";
import { RegistryUnavailable } from "../registry/registry.ts";

/** Try Again Later (IANA WebSocket close codes). */
const TRY_AGAIN_LATER = 1013;

/** Closes a connection, which is to come again, where the registry is away. */
export function unavailable(error: unknown): never {
  if (!(error instanceof RegistryUnavailable)) throw error;
  throw new WebSocketError(TRY_AGAIN_LATER, "What the servers share is away: come again");
}
