import { networkInterfaces } from "node:os";
import { expect } from "chai";
import express from "express";
import request from "supertest";
import { type AccessOptions, access } from "../../views/access.ts";
import { errors } from "../../views/errors.ts";
import { useNetwork } from "../support/use-network.ts";

const TOKEN = "s3cret/+=";

const ELSEWHERE = { Host: "status.example" };

describe("access", () => {
  const network = useNetwork();

  function appOf(options: AccessOptions = {}) {
    const app = express();
    app.get("/", access(options), (_req, res) => void res.send("seen"));
    return app.use(errors());
  }

  function ask(options: AccessOptions, headers: Record<string, string> = {}, url = "/") {
    return request(appOf(options)).get(url).set(headers);
  }

  describe("by default", () => {
    for (const host of [
      "localhost",
      "localhost:8000",
      "LOCALHOST",
      "app.localhost:80",
      "127.0.0.1:8000",
      "[::1]:8000",
    ]) {
      it(`lets this machine pass that asks for ${host}`, async () => {
        const { status, text } = await ask({}, { Host: host });
        expect({ status, text }).to.deep.equal({ status: 200, text: "seen" });
      });
    }

    for (const host of [
      "status.example",
      "localhost.example",
      "127.0.0.1.example",
      "192.0.2.1:8000",
      "evil.example#localhost",
    ]) {
      it(`refuses who asks for ${host}, which was made to lead to this machine`, async () => {
        expect((await ask({}, { Host: host })).status).to.equal(403);
      });
    }

    for (const name of ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP"]) {
      it(`refuses what a proxy of this machine forwards, as ${name} tells`, async () => {
        expect((await ask({}, { [name]: "127.0.0.1" })).status).to.equal(403);
      });
    }

    it("refuses what comes in HTTP/1.0, as from an nginx that was not told to name the client", async () => {
      const { port } = await network.serve(appOf());
      const raw = await network.dial(port);
      raw.write(`GET / HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
      expect(await raw.readUntil("\r\n")).to.match(/^HTTP\/1\.1 403 /);
    });

    it("refuses who asks from another address, whatever it asks for", async function () {
      const address = Object.values(networkInterfaces())
        .flatMap((one) => one ?? [])
        .find(({ internal, family }) => !internal && family === "IPv4")?.address;
      if (address === undefined) this.skip();
      const { port } = await network.serve(appOf());
      const raw = await network.dial({ host: address, port });
      raw.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      expect(await raw.readUntil("\r\n")).to.match(/^HTTP\/1\.1 403 /);
    });

    it("says what to do, and that it is not to be kept", async () => {
      const { text, headers } = await ask({}, ELSEWHERE);
      expect(text)
        .to.match(/--status public/)
        .and.to.match(/--status-token/);
      expect(headers).to.not.have.property("www-authenticate");
      expect(headers["cache-control"]).to.equal("no-store");
    });

    it("has no token that could be sent", async () => {
      expect((await ask({}, { ...ELSEWHERE, Authorization: "Bearer undefined" })).status).to.equal(403);
      expect((await ask({}, ELSEWHERE, "/?token=")).status).to.equal(403);
    });
  });

  describe("with a token", () => {
    const options = { token: TOKEN };

    it("lets pass who sends it as a bearer", async () => {
      for (const scheme of ["Bearer", "bearer"])
        expect((await ask(options, { ...ELSEWHERE, Authorization: `${scheme} ${TOKEN}` })).status).to.equal(
          200,
        );
    });

    it("lets pass who has it in the URL", async () => {
      expect((await ask(options, ELSEWHERE, `/?a=b&token=${encodeURIComponent(TOKEN)}`)).status).to.equal(
        200,
      );
    });

    it("lets this machine pass without", async () => {
      expect((await ask(options)).status).to.equal(200);
    });

    it("refuses all others, and says what it takes", async () => {
      const wrong = [
        ask(options, ELSEWHERE),
        ask(options, { ...ELSEWHERE, Authorization: `Bearer ${TOKEN}x` }),
        ask(options, { ...ELSEWHERE, Authorization: `Basic ${TOKEN}` }),
        ask(options, { ...ELSEWHERE, Authorization: "Bearer " }),
        ask(options, ELSEWHERE, "/?token=wrong"),
        ask(options, ELSEWHERE, "/?token[]=a&token[x]=b"),
        ask(options, { "X-Forwarded-For": "127.0.0.1" }),
      ];
      for (const { status, headers, text } of await Promise.all(wrong)) {
        expect(status).to.equal(401);
        expect(headers["www-authenticate"]).to.equal('Bearer realm="status"');
        expect(text)
          .to.match(/Authorization: Bearer/)
          .and.to.not.contain(TOKEN);
      }
    });
  });

  it("lets everybody pass where it is public", async () => {
    expect((await ask({ isPublic: true }, ELSEWHERE)).status).to.equal(200);
    expect((await ask({ isPublic: true }, { "X-Forwarded-For": "192.0.2.1" })).status).to.equal(200);
  });
});
