import { expect } from "chai";
import { type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { ask } from "./ask.ts";
import { type ContextOptions, DeflateContext } from "./deflate-context.ts";
import { echo } from "./echo.ts";
import { EchoPeer } from "./echo-peer.ts";
import { quietApp } from "./quiet-app.ts";
import { type FrameOptions, fragments } from "./raw-frames.ts";
import type { Network } from "./use-network.ts";

/** A client of an echo view that compresses its messages by hand, as was agreed on. */
export class CompressedPeer extends EchoPeer {
  /** The server's answer to the offer. */
  readonly agreed: string;
  readonly #deflating: DeflateContext;

  constructor(raw: EchoPeer["raw"], agreed: string) {
    super(raw, new DeflateContext(contextOf("server", agreed)));
    this.agreed = agreed;
    this.#deflating = new DeflateContext(contextOf("client", agreed));
  }

  /** The frames of one compressed message (RFC 7692 §7.2.1), of at most `size` bytes each. */
  compressed(opcode: number, message: string | Uint8Array, size = Number.POSITIVE_INFINITY): Buffer[] {
    return deflatedFrames(opcode, this.#deflating.deflate(message), size);
  }
}

/** The frames of a message whose payload is compressed already: the first of them says so (RFC 7692 §6). */
export function deflatedFrames(
  opcode: number,
  payload: Uint8Array,
  size = Number.POSITIVE_INFINITY,
  options: FrameOptions = {},
): Buffer[] {
  return fragments(opcode, payload, size, { rsv1: true, ...options });
}

/** Connects to an echo view that compresses, and expects an agreement. */
export async function openCompressed(
  network: Network,
  offer = "permessage-deflate",
  options: ViewOptions = {},
): Promise<CompressedPeer> {
  const view = websocket(echo, { compression: true, ...options });
  const { port } = await network.serve(quietApp().get("/", view));
  const { raw, headers } = await ask(network, port, "/", { "Sec-WebSocket-Extensions": offer });
  const agreed = headers["sec-websocket-extensions"];
  expect(agreed, offer).to.match(/^permessage-deflate\b/);
  return new CompressedPeer(raw, agreed ?? "");
}

function contextOf(side: "server" | "client", agreed: string): ContextOptions {
  const bits = new RegExp(`\\b${side}_max_window_bits=(\\d+)`).exec(agreed)?.[1];
  const takeover = !agreed.includes(`${side}_no_context_takeover`);
  return bits === undefined ? { takeover } : { takeover, windowBits: Number(bits) };
}
