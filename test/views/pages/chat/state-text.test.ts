import { expect } from "chai";
import { stateText } from "../../../../views/pages/chat/room/state-text.ts";

describe("stateText", () => {
  it("says when the next attempt follows, never in less than a second", () => {
    expect(stateText({ kind: "waiting", delay: 3_200 }).text).to.equal("Offline. Trying again in 4 s.");
    expect(stateText({ kind: "waiting", delay: 0 }).text).to.equal("Offline. Trying again in 1 s.");
  });

  it("offers what the reader can do where nothing goes on by itself", () => {
    expect(stateText({ kind: "replaced" }).action).to.equal("Go on here");
    expect(stateText({ kind: "refused", reason: "Too many messages" })).to.deep.equal({
      state: "closed",
      text: "Disconnected: Too many messages",
      action: "Connect again",
    });
    expect(stateText({ kind: "connecting" }).action).to.equal(undefined);
  });
});
