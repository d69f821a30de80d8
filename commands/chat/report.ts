import type { ServerFrame } from "../../handlers/chat/protocol.ts";
import type { MemberOptions, Offline } from "./member.ts";
import { printable, printableJson } from "./printable.ts";
import type { Screen, Streams } from "./screen.ts";
import { createTranscript } from "./transcript.ts";

/** What a member tells of. */
type Report = Required<Pick<MemberOptions, "onFrame" | "onConnecting" | "onOffline">>;

/** What is told as JSON beside the server's frames, under names that none of those has. */
type ConnectionEvent = { readonly type: "connecting" } | ({ readonly type: "offline" } & Offline);

/** Creates what writes on the screen whatever happens to a member: for people, or as JSON. */
export function createReport(screen: Screen, streams: Streams, json: boolean): Report {
  return json ? jsonReport(screen) : plainReport(screen, streams);
}

function jsonReport(screen: Screen): Report {
  const tell = (event: ServerFrame | ConnectionEvent) => screen.show(printableJson(event));
  return {
    onFrame: tell,
    onConnecting: () => tell({ type: "connecting" }),
    onOffline: (offline) => tell({ type: "offline", ...offline }),
  };
}

function plainReport(screen: Screen, { output }: Streams): Report {
  const transcript = createTranscript(output);
  let isOffline = false;
  return {
    onConnecting() {},
    onFrame(frame) {
      const line = transcript.line(frame);
      if (line !== undefined) screen.show(line);
      if (frame.type === "error" && frame.code === "unavailable") screen.complain(printable(frame.message));
      if (frame.type !== "ready" || !isOffline) return;
      isOffline = false;
      screen.complain("Connected again");
    },
    onOffline({ reason, delay }) {
      isOffline = true;
      screen.complain(`Offline: ${reason}; connecting again in ${(delay / 1000).toFixed(1)} s`);
    },
  };
}
