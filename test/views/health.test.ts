import { expect } from "chai";
import express from "express";
import request from "supertest";
import { health, type Vital } from "../../views/health.ts";

describe("health", () => {
  function ask(...vitals: Vital[]) {
    return request(express().use("/healthz", health(vitals))).get("/healthz");
  }

  it("is ok where nothing is away", async () => {
    const { status, headers, body } = await ask({ name: "redis", available: true });
    expect({ status, body }).to.deep.equal({ status: 200, body: { status: "ok" } });
    expect(headers["cache-control"]).to.equal("no-store");
  });

  it("is ok where nothing is needed", async () => {
    expect((await ask()).status).to.equal(200);
  });

  it("is degraded while something is away, and names it", async () => {
    const { status, body } = await ask(
      { name: "redis", available: false },
      { name: "bus", available: true },
      { name: "log", available: false },
    );
    expect({ status, body }).to.deep.equal({
      status: 503,
      body: { status: "degraded", away: ["redis", "log"] },
    });
  });

  it("asks each time", async () => {
    const vital = { name: "redis", available: false };
    const app = express().use("/healthz", health([vital]));
    expect((await request(app).get("/healthz")).status).to.equal(503);
    vital.available = true;
    expect((await request(app).get("/healthz")).status).to.equal(200);
  });
});
