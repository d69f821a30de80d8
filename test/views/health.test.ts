import { expect } from "chai";
import express from "express";
import request from "supertest";
import { health, type Vital } from "../../views/health.ts";
import { readResponse, requestText } from "../support/raw-http.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("health", () => {
  const network = useNetwork();

  function ask(...vitals: Vital[]) {
    return request(express().use("/healthz", health(vitals))).get("/healthz");
  }

  it("is ok where nothing is away", async () => {
    const { status, headers, body } = await ask({ name: "redis", available: true });
    expect({ status, says: body.status }).to.deep.equal({ status: 200, says: "ok" });
    expect(body).to.not.have.property("away");
    expect(headers["cache-control"]).to.equal("no-store");
  });

  it("is ok where nothing is needed", async () => {
    expect((await ask()).status).to.equal(200);
  });

  it("tells for how long the process is up, and what it runs", async () => {
    const { uptime, versions } = (await ask()).body;
    expect(uptime).to.be.within(0, process.uptime());
    expect(versions.node).to.equal(process.versions.node);
    expect(versions).to.have.all.keys("express-c10k", "express", "ws", "node");
    for (const version of Object.values(versions)) expect(version).to.match(/^\d+\.\d+\.\d+/);
  });

  it("is degraded while something is away, and names it", async () => {
    const { status, body } = await ask(
      { name: "redis", available: false },
      { name: "bus", available: true },
      { name: "log", available: false },
    );
    expect(status).to.equal(503);
    expect(body).to.deep.include({ status: "degraded", away: ["redis", "log"] });
    expect(body).to.include.keys("uptime", "versions");
  });

  it("asks each time", async () => {
    const vital = { name: "redis", available: false };
    const app = express().use("/healthz", health([vital]));
    expect((await request(app).get("/healthz")).status).to.equal(503);
    vital.available = true;
    expect((await request(app).get("/healthz")).status).to.equal(200);
  });

  it("is stopping as soon as the server takes no more connections, to who is still there", async () => {
    const app = express();
    const { server, port, close } = await network.serve(app);
    app.use("/healthz", health([], server));
    const raw = await network.dial(port);
    raw.write(requestText("/healthz").slice(0, -2));
    await untilTrue(() => raw.socket.bytesWritten > 0);
    const closed = close();
    raw.write("\r\n");
    const { status, body } = await readResponse(raw);
    expect(status).to.equal(503);
    expect(JSON.parse(body).status).to.equal("stopping");
    await closed;
  });
});
