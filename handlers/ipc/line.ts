/** What messages can be sent to and received from: `process` of a child, or a `Worker` of `node:cluster`. */
export interface Port {
  send?(message: unknown, onSent: (error: Error | null) => void): unknown;
  on(event: "message", listener: (message: unknown) => void): unknown;
  off(event: "message", listener: (message: unknown) => void): unknown;
}

/** One topic of what two processes have to say to each other: `In` is what is heard here, `Out` what is said. In order, as it was said. */
export interface Line<In, Out> {
  /**
   * Says something; to who has gone, nothing.
   *
   * @param onSent called when it has left, or cannot leave any more, with the error then
   */
  send(body: Out, onSent?: (error: Error | null) => void): void;
  /** Lets somebody hear what is said. @returns stops it */
  listen(listener: (body: In) => void): () => void;
}

interface Envelope<Body> {
  readonly c10k: string;
  readonly body: Body;
}

/**
 * Takes one topic of a port, which others use too.
 *
 * @param topic the same at both ends, which know what is said there
 */
export function line<In, Out>(port: Port, topic: string): Line<In, Out> {
  return {
    // It may fail, where the other end dies meanwhile: then there is nobody to miss it.
    send(body, onSent = () => {}) {
      const envelope: Envelope<Out> = { c10k: topic, body };
      port.send?.(envelope, onSent);
    },

    listen(listener) {
      function onMessage(message: unknown): void {
        if (isOf<In>(message, topic)) listener(message.body);
      }
      port.on("message", onMessage);
      return () => void port.off("message", onMessage);
    },
  };
}

function isOf<Body>(message: unknown, topic: string): message is Envelope<Body> {
  return typeof message === "object" && message !== null && "c10k" in message && message.c10k === topic;
}
