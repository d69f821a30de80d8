import { expect } from "chai";
import { socketUrl } from "../../../views/pages/socket-url.ts";

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
});
