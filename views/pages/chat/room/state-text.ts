import type { SessionState } from "./session.ts";

/** What is said about the connection. */
export interface StateText {
  readonly text: string;
  /** For the colour: as for any page's connection. */
  readonly state: "connecting" | "open" | "closed";
  /** What one can press, where the reader is to decide. */
  readonly action?: string;
}

/** Puts the state of the connection in words. */
export function stateText(state: SessionState): StateText {
  switch (state.kind) {
    case "connecting":
      return { state: "connecting", text: "Connecting…" };
    case "ready":
      return { state: "open", text: "Connected" };
    case "waiting":
      return {
        state: "closed",
        text: `Offline. Trying again in ${Math.max(1, Math.ceil(state.delay / 1_000))} s.`,
      };
    case "nick-taken":
      return { state: "closed", text: "Not in the room: the nick is taken." };
    case "replaced":
      return { state: "closed", text: "You went on in another tab.", action: "Go on here" };
    case "refused":
      return {
        state: "closed",
        text: state.reason === "" ? "The server closed the connection." : `Disconnected: ${state.reason}`,
        action: "Connect again",
      };
  }
}
