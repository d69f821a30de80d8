import { expect } from "chai";
import { viewNameOf } from "../../middleware/view-name.ts";

describe("viewNameOf", () => {
  it("is the pattern of the route", () => {
    expect(viewNameOf({ baseUrl: "", route: { path: "/rooms/:room/" } })).to.equal("/rooms/:room/");
  });

  it("is that behind where the router is mounted", () => {
    expect(viewNameOf({ baseUrl: "/chat", route: { path: "/:room/" } })).to.equal("/chat/:room/");
  });

  it("is the first of several patterns, whichever matched", () => {
    expect(viewNameOf({ baseUrl: "", route: { path: ["/worker/", "/games/:name/worker/"] } })).to.equal(
      "/worker/",
    );
  });

  it("is a regular expression as it is written", () => {
    expect(viewNameOf({ baseUrl: "/a", route: { path: /^\/b/ } })).to.equal("/a/^\\/b/");
  });

  it("is where the router is mounted for a view that is no route", () => {
    expect(viewNameOf({ baseUrl: "/echo" })).to.equal("/echo");
  });

  it("is unnamed where Express tells nothing", () => {
    for (const request of [
      {},
      { baseUrl: "" },
      { route: undefined },
      { route: {} },
      { baseUrl: 1, route: null },
    ])
      expect(viewNameOf(request)).to.equal("(unnamed)");
  });
});
