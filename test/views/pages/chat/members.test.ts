import { expect } from "chai";
import { createMembers } from "../../../../views/pages/chat/room/members.ts";

describe("createMembers", () => {
  it("sorts names as people do", () => {
    const members = createMembers("en");
    members.reset(["zoe", "Émile", "ann", "Ben", "user 10", "user 9"]);
    expect(members.sorted).to.deep.equal(["ann", "Ben", "Émile", "user 9", "user 10", "zoe"]);
  });

  it("stays sorted as they come and go, those that sort alike among them", () => {
    const members = createMembers("en");
    for (const nick of ["zoe", "Anne", "Änne", "ben", "user 10", "user 9", "ANNE"]) members.joined(nick);
    expect(members.sorted).to.deep.equal(["Anne", "Änne", "ANNE", "ben", "user 9", "user 10", "zoe"]);
    members.left("Änne");
    members.left("zoe");
    expect(members.sorted).to.deep.equal(["Anne", "ANNE", "ben", "user 9", "user 10"]);
  });

  it("has each member once, comes and goes with them, and starts over", () => {
    const members = createMembers("en");
    members.reset(["Ann"]);
    for (const nick of ["Ann", "Ben"]) members.joined(nick);
    expect(members.count).to.equal(2);
    members.left("Ann");
    members.left("Nobody");
    expect(members.sorted).to.deep.equal(["Ben"]);
    members.reset(["Cid"]);
    expect(members.sorted).to.deep.equal(["Cid"]);
  });
});
