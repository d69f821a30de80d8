import { expect } from "chai";
import express, { type ErrorRequestHandler, type RequestHandler } from "express";
import request from "supertest";
import { HandshakeError } from "../../middleware/index.ts";
import { errors } from "../../views/errors.ts";

describe("errors", () => {
  let passedOn: unknown[];

  beforeEach(() => {
    passedOn = [];
  });

  it("answers a refusal with its status, its headers and its message as plain text", async () => {
    const err = new HandshakeError(426, "Use a WebSocket client", { Upgrade: "websocket", "X-Extra": "1" });
    const { status, headers, text } = await get(err);
    expect({ status, text }).to.deep.equal({ status: 426, text: "Use a WebSocket client\n" });
    expect(headers).to.include({
      "content-type": "text/plain; charset=utf-8",
      upgrade: "websocket",
      "x-extra": "1",
      "x-content-type-options": "nosniff",
    });
    expect(passedOn).to.deep.equal([]);
  });

  it("answers what body parsers and routers refuse", async () => {
    const app = appWith((req, res) => res.json(req.body));
    expect(await request(app).post("/").type("json").send('{"cut":')).to.include({ status: 400 });
    expect(
      await request(app)
        .post("/")
        .type("json")
        .send(`"${"x".repeat(200)}"`),
    ).to.include({
      status: 413,
      text: "request entity too large\n",
    });
    expect(await request(app).get("/param/%zz")).to.include({
      status: 400,
      text: "Failed to decode param '%zz'\n",
    });
    expect(passedOn).to.deep.equal([]);
  });

  it("leaves markup that a message quotes as text", async () => {
    const { headers, text } = await get(new HandshakeError(403, "Origin <script> may not connect"));
    expect(headers["content-type"]).to.equal("text/plain; charset=utf-8");
    expect(text).to.equal("Origin <script> may not connect\n");
  });

  it("answers HEAD without a body", async () => {
    const app = appWith((_req, _res, next) => next(new HandshakeError(403, "No")));
    expect(await request(app).head("/")).to.deep.include({ status: 403, text: undefined });
  });

  it("answers an error that says it may be shown, whatever its status", async () => {
    const err = Object.assign(new Error("Back at noon"), { status: 503, expose: true });
    expect(await get(err)).to.include({ status: 503, text: "Back at noon\n" });
    const refused = new HandshakeError(503, "The server is shutting down");
    expect(await get(refused)).to.include({ status: 503, text: "The server is shutting down\n" });
  });

  it("passes on what is no refusal, or not for the client to read", async () => {
    const others = [
      new Error("secret"),
      new HandshakeError(500, "secret"),
      Object.assign(new Error("secret"), { status: 404, expose: false }),
      Object.assign(new Error("secret"), { status: 200 }),
      Object.assign(new Error("secret"), { status: 302 }),
      Object.assign(new Error("secret"), { status: "404" }),
      Object.assign(new Error("secret"), { status: 999, expose: true }),
      { status: 404, message: "secret" },
      "secret",
    ];
    for (const err of others) {
      const { status, text } = await get(err);
      expect({ status, text }).to.deep.equal({ status: 500, text: "passed on" });
    }
    expect(passedOn).to.deep.equal(others);
  });

  it("passes on a refusal of which the headers have left, for Express to break the response off", async () => {
    const refusal = new HandshakeError(403, "No");
    const app = appWith((_req, res, next) => {
      res.write("begun");
      next(refusal);
    });
    const { text } = await request(app).get("/");
    expect(text).to.equal("begun");
    expect(passedOn).to.deep.equal([refusal]);
  });

  it("keeps what middleware set on the response, such as a cookie", async () => {
    const app = appWith((_req, res, next) => {
      res.cookie("session", "1");
      next(new HandshakeError(403, "No"));
    });
    expect((await request(app).get("/")).headers["set-cookie"]).to.deep.equal(["session=1; Path=/"]);
  });

  function get(err: unknown) {
    return request(appWith((_req, _res, next) => next(err))).get("/");
  }

  function appWith(handler: RequestHandler) {
    const rest: ErrorRequestHandler = (err, _req, res, _next) => {
      passedOn.push(err);
      if (res.headersSent) res.end();
      else res.status(500).send("passed on");
    };
    return express()
      .use(express.json({ limit: 100 }))
      .get("/param/:name", (_req, res) => res.end())
      .all("/", handler)
      .use(errors(), rest);
  }
});
