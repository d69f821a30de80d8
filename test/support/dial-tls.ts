import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:tls";
import { hookUpgrades } from "../../middleware/index.ts";
import type { RawSocket } from "./raw-socket.ts";
import { selfSigned } from "./self-signed.ts";
import { until } from "./until.ts";
import type { Network } from "./use-network.ts";

/** Starts a hooked https server, and opens a TLS connection to it. */
export async function dialTls(network: Network, app: RequestListener): Promise<RawSocket> {
  const { key, cert } = selfSigned();
  const port = await network.listen(hookUpgrades(createServer({ key, cert }, app)));
  const socket = connect({ port, host: "localhost", ca: cert });
  await until(socket, "secureConnect");
  return network.dial(socket.setNoDelay());
}
