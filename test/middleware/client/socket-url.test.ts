import { expect } from "chai";
import { socketUrl } from "../../../middleware/client/socket-url.ts";

describe("socketUrl", () => {
  it("resolves against the page's URL, without its query and its fragment", () => {
    expect(socketUrl("ws/", "http://localhost:8000/test/?a=1#b")).to.equal("ws://localhost:8000/test/ws/");
  });

  it("is secure where the page is", () => {
    expect(socketUrl("watcher/", "https://example.com/")).to.equal("wss://example.com/watcher/");
  });

  it("follows a page that is mounted elsewhere", () => {
    expect(socketUrl("watcher/", "https://example.com/life/")).to.equal("wss://example.com/life/watcher/");
  });

  it("takes an absolute URL as it is, with or without a page", () => {
    for (const page of [undefined, "https://example.com/"]) {
      expect(socketUrl("ws://localhost/a?b=c", page)).to.equal("ws://localhost/a?b=c");
      expect(socketUrl(new URL("wss://localhost/"), page)).to.equal("wss://localhost/");
    }
  });

  it("drops a fragment, for which some browsers throw", () => {
    expect(socketUrl("ws://localhost/a?b#c")).to.equal("ws://localhost/a?b");
  });

  it("takes http for ws", () => {
    expect(socketUrl("http://localhost/a")).to.equal("ws://localhost/a");
    expect(socketUrl("https://localhost/a")).to.equal("wss://localhost/a");
  });

  it("throws a TypeError for what is no URL, and for a relative one without a page", () => {
    expect(() => socketUrl("http://")).to.throw(TypeError);
    expect(() => socketUrl("ws/")).to.throw(TypeError);
  });
});
