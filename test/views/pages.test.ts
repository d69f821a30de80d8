import { expect } from "chai";
import express from "express";
import request from "supertest";
import { page, pages, readPage } from "../../views/pages.ts";
import { pageNames } from "../support/page-names.ts";

describe("pages", () => {
  const app = express().use("/pages", pages());

  for (const name of pageNames()) {
    it(`serves everything that the ${name} page refers to`, async () => {
      const urls = [...readPage(name).matchAll(/(?:src|href)="(\/pages\/[^"]+)"/g)].map(
        ([, url]) => url ?? "",
      );
      expect(urls).to.include.members(["/pages/favicon.svg", `/pages/${name}/style.css`]);
      for (const url of urls) expect((await request(app).get(url)).status, url).to.equal(200);
    });
  }

  it("serves scripts, styles and the favicon with their types", async () => {
    const types = new Map([
      ["/pages/life/page.js", "text/javascript"],
      ["/pages/life/style.css", "text/css"],
      ["/pages/favicon.svg", "image/svg+xml"],
    ]);
    for (const [url, type] of types) expect((await request(app).get(url)).type, url).to.equal(type);
  });

  it("has browsers ask again, and answers 304 while nothing has changed", async () => {
    const { headers } = await request(app).get("/pages/life/page.js");
    expect(headers["cache-control"]).to.equal("no-cache");
    const { status } = await request(app)
      .get("/pages/life/page.js")
      .set("If-None-Match", headers.etag ?? "");
    expect(status).to.equal(304);
  });

  it("leaves what it does not have, and what lies outside, to the app's own 404", async () => {
    for (const url of ["/pages/none.js", "/pages/", "/pages/life", "/pages/%2e%2e/%2e%2e/app.js"]) {
      expect((await request(app).get(url)).status, url).to.be.oneOf([403, 404]);
    }
  });
});

describe("page", () => {
  const router = express.Router().get("/", page("echo"));
  const app = express().use("/test", router).use("/chat/:room", router);

  it("sends the page as UTF-8 HTML that browsers ask for again", async () => {
    const { status, headers, text } = await request(app).get("/test/");
    expect(status).to.equal(200);
    expect(headers["content-type"]).to.equal("text/html; charset=utf-8");
    expect(headers["cache-control"]).to.equal("no-cache");
    expect(text).to.equal(readPage("echo"));
  });

  it("redirects to the URL with a slash at its end, against which the page resolves its WebSocket's", async () => {
    const redirects = new Map([
      ["/test", "/test/"],
      ["/test?a=1&b=/", "/test/?a=1&b=/"],
      ["/chat/a:b", "/chat/a:b/"],
      ["/chat/caf%C3%A9", "/chat/caf%C3%A9/"],
    ]);
    for (const [url, target] of redirects) {
      const { status, headers } = await request(app).get(url);
      expect(status, url).to.equal(301);
      expect(new URL(headers.location ?? "", `http://localhost${url}`).href).to.equal(
        `http://localhost${target}`,
      );
    }
  });

  it("hands on an error when there is no such page", async () => {
    const none = express().get("/", page("none"));
    expect((await request(none).get("/")).status).to.equal(404);
  });
});
