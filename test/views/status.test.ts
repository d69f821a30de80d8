import { expect } from "chai";
import request from "supertest";
import { createApp } from "../../app.ts";
import { parseFrame } from "../../handlers/status/protocol.ts";
import { connect, UnexpectedResponse } from "../../middleware/testing.ts";
import { readPage } from "../../views/pages.ts";
import { parseExposition } from "../support/exposition.ts";
import { rejection } from "../support/rejection.ts";
import { startServer, type TestServer } from "../support/server.ts";

const ELSEWHERE = { "X-Forwarded-For": "192.0.2.1" };

const PATHS = ["/status/", "/status", "/metrics"];

describe("what a server tells of itself", () => {
  let server: TestServer;

  beforeEach(async () => {
    server = await startServer({ access: { token: "s3cret" } });
  });

  afterEach(() => server.close());

  it("is a page, whose charts come over a WebSocket", async () => {
    const { status, text } = await request(server.server).get("/status/");
    expect({ status, text }).to.deep.equal({ status: 200, text: readPage("status") });
    const ws = await connect(server.server, "/status/feed/");
    expect(parseFrame(String(await ws.recv()))?.type).to.equal("welcome");
    await ws.close();
  });

  it("is text for Prometheus", async () => {
    const { status, headers, text } = await request(server.server).get("/metrics");
    expect(status).to.equal(200);
    expect(headers["content-type"]).to.match(/^text\/plain; version=0\.0\.4/);
    expect(headers["cache-control"]).to.equal("no-store");
    expect([...parseExposition(text).keys()]).to.include("c10k_connections");
  });

  it("has the page at the URL without a slash lead to the other, token and all", async () => {
    const { status, headers } = await request(server.server).get("/status?token=s3cret");
    expect(status).to.equal(301);
    expect(headers.location).to.equal("./status/?token=s3cret");
  });

  it("is not for other machines", async () => {
    for (const path of PATHS)
      expect((await request(server.server).get(path).set(ELSEWHERE)).status, path).to.equal(401);
    const refused = await rejection(connect(server.server, "/status/feed/", { headers: ELSEWHERE }));
    expect(refused).to.be.an.instanceOf(UnexpectedResponse).with.nested.property("response.status", 401);
  });

  it("is for those who have the token", async () => {
    for (const path of PATHS)
      expect(
        (await request(server.server).get(`${path}?token=s3cret`).set(ELSEWHERE)).status,
        path,
      ).to.be.below(400);
    const bearer = { ...ELSEWHERE, Authorization: "Bearer s3cret" };
    expect((await request(server.server).get("/metrics").set(bearer)).status).to.equal(200);
    const ws = await connect(server.server, "/status/feed/?token=s3cret", { headers: ELSEWHERE });
    await ws.close();
  });

  it("is not for pages of other origins in a browser of this machine", async () => {
    const headers = { Origin: "http://evil.example" };
    const refused = await rejection(connect(server.server, "/status/feed/", { headers }));
    expect(refused).to.be.an.instanceOf(UnexpectedResponse).with.nested.property("response.status", 403);
  });

  it("is nothing where the app does not know its server", async () => {
    for (const path of PATHS) expect((await request(createApp()).get(path)).status, path).to.equal(404);
  });

  it("counts the views of the demos under their own names, whichever game or room they are of", async () => {
    const all = ["/test/ws/", "/watcher/", "/games/one/watcher/", "/games/two/watcher/", "/status/feed/"];
    const open = await Promise.all(all.map((path) => connect(server.server, path)));
    const { text } = await request(server.server).get("/metrics");
    const samples = parseExposition(text).get("c10k_connections")?.samples;
    expect(Object.fromEntries(samples ?? [])).to.deep.equal({
      'view="/test/ws/"': 1,
      'view="/watcher/"': 3,
      'view="/status/feed/"': 1,
    });
    await Promise.all(open.map((ws) => ws.close()));
  });
});
