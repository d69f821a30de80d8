import { expect } from "chai";
import request from "supertest";
import { createApp } from "../../app.ts";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { rejection } from "../support/rejection.ts";

const DEMOS = [
  {
    subject: "The Game of Life",
    pages: ["/", "/games/tea/"],
    views: ["/reset/", "/worker/", "/watcher/", "/games/tea/reset/", "/games/tea/worker/"],
  },
];

describe("oneProcess", () => {
  const app = createApp({ workers: 2 });

  for (const { subject, pages, views } of DEMOS) {
    const refusal = `${subject} runs in one process: start the server without --workers\n`;

    for (const url of pages) {
      it(`serves a page at ${url} that says why it is not there`, async () => {
        const { status, headers, text } = await request(app).get(url);
        expect(status).to.equal(200);
        expect(headers).to.include({
          "content-type": "text/html; charset=utf-8",
          "cache-control": "no-cache",
        });
        expect(text).to.contain(`${subject} runs in one process`);
        expect(text).to.contain("start it without <code>--workers</code>");
      });
    }

    for (const url of views) {
      it(`refuses at ${url} with 501, in plain HTTP and in one line`, async () => {
        const { status, headers, text } = await request(app).get(url);
        expect({ status, text }).to.deep.equal({ status: 501, text: refusal });
        expect(headers).to.include({
          "content-type": "text/plain; charset=utf-8",
          "cache-control": "no-store",
        });
      });

      it(`refuses a handshake at ${url} just so`, async () => {
        const error = await rejection(connect(app, url));
        expect(error).to.be.instanceOf(UnexpectedResponse);
        expect(error).to.have.nested.property("response.status", 501);
        expect(error).to.have.nested.property("response.text", refusal);
      });
    }
  }

  it("leaves the other demos as they are", async () => {
    const ws = await connect(app, "/test/ws/");
    expect(await ws.recv()).to.equal("Hello!");
    await ws.close();
    expect((await request(app).get("/test/wsgi/")).status).to.equal(200);
  });
});
