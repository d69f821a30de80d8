import { expect } from "chai";
import { createMembers } from "../../../../views/pages/chat/room/members.ts";

describe("createMembers", () => {
  it("sorts names as people do", () => {
    const members = createMembers("en");
    members.reset(["zoe", "Émile", "ann", "Ben", "user 10", "user 9"]);
    expect(members.sorted()).to.deep.equal(["ann", "Ben", "Émile", "user 9", "user 10", "zoe"]);
  });

  it("has each member once, comes and goes with them, and starts over", () => {
    const members = createMembers("en");
    members.reset(["Ann"]);
    for (const nick of ["Ann", "Ben"]) members.joined(nick);
    expect(members.count).to.equal(2);
    members.left("Ann");
    members.left("Nobody");
    expect(members.sorted()).to.deep.equal(["Ben"]);
    members.reset(["Cid"]);
    expect(members.sorted()).to.deep.equal(["Cid"]);
  });
});
