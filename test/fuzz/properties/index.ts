import type { Property } from "../property.ts";
import { closes } from "./closes.ts";
import { handshakes } from "./handshakes.ts";
import { malformedFrames } from "./malformed-frames.ts";
import { model } from "./model.ts";
import { mutations } from "./mutations.ts";
import { pipelining } from "./pipelining.ts";
import { badSubprotocols, framing, origins, reasons, subprotocols } from "./pure.ts";
import { slowBytes } from "./slow-bytes.ts";
import { streams } from "./streams.ts";

/** All that is fuzzed. */
export const PROPERTIES: readonly Property[] = [
  handshakes,
  pipelining,
  slowBytes,
  streams,
  malformedFrames,
  mutations,
  closes,
  model,
  subprotocols,
  badSubprotocols,
  framing,
  reasons,
  origins,
];
