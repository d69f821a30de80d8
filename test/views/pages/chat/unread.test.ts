import { expect } from "chai";
import { createUnread, titleOf } from "../../../../views/pages/chat/room/unread.ts";

describe("createUnread", () => {
  it("counts while the page is hidden, and forgets when it is seen", () => {
    const unread = createUnread(true);
    unread.came();
    expect(unread.count).to.equal(0);
    unread.see(false);
    unread.came();
    unread.came();
    expect(unread.count).to.equal(2);
    unread.see(true);
    expect(unread.count).to.equal(0);
    unread.came();
    expect(unread.count).to.equal(0);
  });

  it("counts from the start on a page that opens in the background", () => {
    const unread = createUnread(false);
    unread.came();
    expect(unread.count).to.equal(1);
  });
});

describe("titleOf", () => {
  it("puts the count first, where there is one", () => {
    expect(titleOf("tea · Chat", 0)).to.equal("tea · Chat");
    expect(titleOf("tea · Chat", 3)).to.equal("(3) tea · Chat");
  });
});
