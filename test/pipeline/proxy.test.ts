import { expect } from "chai";
import { websocket } from "../../middleware/index.ts";
import { ask } from "../support/ask.ts";
import { quietApp } from "../support/quiet-app.ts";
import { readText } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

/** What a proxy that ends TLS adds to the request of a browser. */
const FORWARDED = {
  Host: "127.0.0.1:8000",
  "X-Forwarded-For": "203.0.113.7",
  "X-Forwarded-Host": "example.com",
  "X-Forwarded-Proto": "https",
};

describe("trust proxy", () => {
  const network = useNetwork();

  async function serveBehind(trust: unknown) {
    const app = quietApp().set("trust proxy", trust);
    app.get(
      "/",
      websocket((ws, req) =>
        ws.send(JSON.stringify([ws.remoteAddress, req.ip, req.protocol, req.hostname, req.secure])),
      ),
    );
    return network.serve(app);
  }

  it("gives the handler the address, protocol and host that the proxy forwards", async () => {
    const { port } = await serveBehind("loopback");
    const { raw } = await ask(network, port, "/", FORWARDED);
    expect(JSON.parse(await readText(raw))).to.deep.equal([
      "203.0.113.7",
      "203.0.113.7",
      "https",
      "example.com",
      true,
    ]);
  });

  it("where it is not set, believes nobody", async () => {
    const { port } = await serveBehind(false);
    const { raw } = await ask(network, port, "/", FORWARDED);
    const [address, ip, protocol, hostname, secure] = JSON.parse(await readText(raw));
    expect(address)
      .to.equal(ip)
      .and.to.match(/127\.0\.0\.1$/);
    expect([protocol, hostname, secure]).to.deep.equal(["http", "127.0.0.1", false]);
  });

  it("lets in a page of the host that the proxy forwards, and no other", async () => {
    const { port } = await serveBehind("loopback");
    const from = async (Origin: string) => (await ask(network, port, "/", { ...FORWARDED, Origin })).status;
    expect(await from("https://example.com")).to.equal(101);
    expect(await from("http://example.com")).to.equal(403);
    expect(await from("https://evil.example")).to.equal(403);
    expect(await from("http://127.0.0.1:8000")).to.equal(403);
  });

  it("takes no forged host from whoever is not trusted", async () => {
    const { port } = await serveBehind(false);
    const forged = { ...FORWARDED, "X-Forwarded-Host": "evil.example", Origin: "https://evil.example" };
    const { status, body } = await ask(network, port, "/", forged);
    expect(status).to.equal(403);
    expect(body).to.contain("https://evil.example").and.contain("origins");
  });
});
