import { expect } from "chai";
import express from "express";
import request from "supertest";
import { accessLog } from "../../views/access-log.ts";
import { untilTrue } from "../support/until.ts";

describe("accessLog", () => {
  const lines: string[] = [];
  const write = process.stdout.write;

  /** Asks for a URL; gives the line that is logged, which morgan writes to standard output. */
  async function logged(url: string): Promise<string> {
    lines.splice(0);
    process.stdout.write = (line: string | Uint8Array) => lines.push(String(line)) > 0;
    try {
      const app = express().use(accessLog(":method :url :status"));
      await request(app).get(url);
      await untilTrue(() => lines.length > 0);
    } finally {
      process.stdout.write = write;
    }
    return lines.join("").trim();
  }

  it("logs requests in the format that it is given", async () => {
    expect(await logged("/none?a=b")).to.equal("GET /none?a=b 404");
  });

  for (const [url, shown] of [
    ["/ws/?key=secret", "/ws/?key=-"],
    ["/ws/?nick=ann&key=secret&since=7", "/ws/?nick=ann&key=-&since=7"],
    ["/ws/?key=one&key=two", "/ws/?key=-&key=-"],
    ["/ws/?monkey=banana&key=", "/ws/?monkey=banana&key="],
    ["/status/?token=secret&a=b", "/status/?token=-&a=b"],
  ] as const) {
    it(`shows ${url} as ${shown}`, async () => {
      expect(await logged(url)).to.equal(`GET ${shown} 404`);
    });
  }
});
