import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import express from "express";
import request from "supertest";
import { parseListing } from "../../handlers/patterns/protocol.ts";
import { patterns } from "../../views/patterns.ts";
import { ROOT } from "../support/imports.ts";

describe("patterns", () => {
  const app = express().get("/patterns/", patterns());

  it("sends each file of patterns/, by its name", async () => {
    const { status, type, text } = await request(app).get("/patterns/");
    expect({ status, type }).to.deep.equal({ status: 200, type: "application/json" });
    const folder = join(ROOT, "patterns");
    const files = readdirSync(folder).map((name): [string, string] => [
      name,
      readFileSync(join(folder, name), "utf8"),
    ]);
    expect(parseListing(text)).to.deep.equal(new Map(files.sort()));
  });

  it("has browsers ask again, and answers 304 while nothing has changed", async () => {
    const { headers } = await request(app).get("/patterns/");
    expect(headers["cache-control"]).to.equal("no-cache");
    const again = await request(app)
      .get("/patterns/")
      .set("If-None-Match", headers.etag ?? "");
    expect(again.status).to.equal(304);
  });
});
