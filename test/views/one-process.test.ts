import { expect } from "chai";
import request from "supertest";
import { createApp } from "../../app.ts";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { readPage } from "../../views/pages.ts";
import { rejection } from "../support/rejection.ts";

const REFUSAL = "The Game of Life runs in one process: start the server without --workers\n";

describe("noLife", () => {
  const app = createApp({ workers: 2 });

  it("serves a page that says why there is no game", async () => {
    const { status, text } = await request(app).get("/");
    expect({ status, text }).to.deep.equal({ status: 200, text: readPage("no-life") });
    expect(text).to.contain("start it without <code>--workers</code>");
  });

  for (const url of ["/reset/", "/worker/", "/watcher/"]) {
    it(`refuses at ${url} with 501, in plain HTTP and in one line`, async () => {
      const { status, headers, text } = await request(app).get(url);
      expect({ status, text }).to.deep.equal({ status: 501, text: REFUSAL });
      expect(headers).to.include({
        "content-type": "text/plain; charset=utf-8",
        "cache-control": "no-store",
      });
    });

    it(`refuses a handshake at ${url} just so`, async () => {
      const error = await rejection(connect(app, url));
      expect(error).to.be.instanceOf(UnexpectedResponse);
      expect(error).to.have.nested.property("response.status", 501);
      expect(error).to.have.nested.property("response.text", REFUSAL);
    });
  }

  it("leaves the other demos as they are", async () => {
    const ws = await connect(app, "/test/ws/");
    expect(await ws.recv()).to.equal("Hello!");
    await ws.close();
    expect((await request(app).get("/test/wsgi/")).status).to.equal(200);
  });
});
