import { expect } from "chai";
import { rateLimit } from "express-rate-limit";
import { websocket } from "../../middleware/index.ts";
import { ask } from "../support/ask.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { frame, readText, TEXT } from "../support/raw-frames.ts";
import { LONG } from "../support/timeouts.ts";
import { useNetwork } from "../support/use-network.ts";

describe("express-rate-limit in the pipeline", () => {
  const network = useNetwork();

  async function serveLimited(limit: number) {
    const app = quietApp().set("trust proxy", "loopback");
    app.get(
      "/",
      rateLimit({ windowMs: LONG, limit, standardHeaders: "draft-6", legacyHeaders: false }),
      websocket(echo),
    );
    return network.serve(app);
  }

  it("limits handshakes: one too many gets 429, and says when to come back", async () => {
    const { port } = await serveLimited(2);
    const first = await ask(network, port);
    const second = await ask(network, port);
    const third = await ask(network, port);
    expect([first.status, second.status, third.status]).to.deep.equal([101, 101, 429]);
    expect(first.headers).to.include({ "ratelimit-limit": "2", "ratelimit-remaining": "1" });
    expect(third.body).to.contain("Too many requests");
    expect(Number(third.headers["retry-after"])).to.be.within(1, LONG / 1000);
  });

  it("does not count messages: the connections that it let through go on", async () => {
    const { port } = await serveLimited(1);
    const { raw } = await ask(network, port);
    expect((await ask(network, port)).status).to.equal(429);
    for (const text of ["1", "2", "3"]) {
      raw.write(frame(TEXT, text));
      expect(await readText(raw)).to.equal(text);
    }
  });

  it("counts by the address that a trusted proxy forwards", async () => {
    const { port } = await serveLimited(1);
    const from = async (address: string) =>
      (await ask(network, port, "/", { "X-Forwarded-For": address })).status;
    expect(await from("203.0.113.1")).to.equal(101);
    expect(await from("203.0.113.2")).to.equal(101);
    expect(await from("203.0.113.1")).to.equal(429);
  });
});
