import { expect } from "chai";
import { type ViewOptions, websocket } from "../../middleware/websocket.ts";
import { ask } from "./ask.ts";
import { echo } from "./echo.ts";
import { EchoPeer, type Reply } from "./echo-peer.ts";
import { quietApp } from "./quiet-app.ts";
import { useNetwork } from "./use-network.ts";

/** Whether a connection is compressed. */
export interface Mode {
  readonly title: string;
  readonly compression: boolean;
  /** Whether both sides agree on compression; the client still sends its messages as they are. */
  readonly agreed: boolean;
}

const MODES: readonly Mode[] = [
  { title: "compression off", compression: false, agreed: false },
  { title: "compression on, but not offered", compression: true, agreed: false },
  { title: "compression agreed on", compression: true, agreed: true },
];

/** What a client writes, and what the server has to send. */
export interface Exchange {
  readonly title: string;
  readonly send: readonly Uint8Array[];
  readonly expect: readonly Reply[];
}

/** Connects a client to an echo view. */
export type Open = (options?: ViewOptions) => Promise<EchoPeer>;

/** One group of cases, in each mode: `suite` defines them. */
export function describeEcho(title: string, suite: (open: Open, mode: Mode) => void): void {
  for (const mode of MODES) {
    describe(`${title}, ${mode.title}`, () => {
      const network = useNetwork();

      async function open(options?: ViewOptions): Promise<EchoPeer> {
        const view = websocket(echo, { compression: mode.compression, ...options });
        const { port } = await network.serve(quietApp().get("/", view));
        const offer = mode.agreed ? { "Sec-WebSocket-Extensions": "permessage-deflate" } : undefined;
        const { raw, status, headers } = await ask(network, port, "/", offer);
        expect(status).to.equal(101);
        expect(headers["sec-websocket-extensions"]).to.equal(mode.agreed ? "permessage-deflate" : undefined);
        return new EchoPeer(raw);
      }

      suite(open, mode);
    });
  }
}

/** Defines a case for each exchange: all in one piece, then octet by octet. */
export function itExchanges(open: Open, exchanges: readonly Exchange[]): void {
  for (const { title, send, expect: replies } of exchanges) {
    it(title, async () => {
      const [whole, chopped] = await Promise.all([open(), open()]);
      whole.send(...send);
      await whole.expect(...replies);
      await Promise.all([chopped.sendChopped(1, ...send), chopped.expect(...replies)]);
    });
  }
}
