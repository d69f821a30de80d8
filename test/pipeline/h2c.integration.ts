import { fileURLToPath } from "node:url";
import { expect } from "chai";
import express from "express";
import { type HookOptions, websocket } from "../../middleware/index.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { useNetwork } from "../support/use-network.ts";
import { useProgram } from "../support/use-program.ts";

const JAVA_CLIENT = fileURLToPath(new URL("java/Client.java", import.meta.url));

/** An app that says what it got, and an echo. */
function mirror() {
  const app = quietApp().get("/ws", websocket(echo));
  return app.use(express.text({ type: () => true, limit: "2mb" }), (req, res) => {
    const body = typeof req.body === "string" && req.body ? `, ${req.body.length} bytes` : "";
    res.send(`${req.method} ${req.url} of HTTP/${req.httpVersion}${body}`);
  });
}

describe("curl --http2, which asks to upgrade to h2c", () => {
  const network = useNetwork();
  const curl = useProgram("curl");

  before(async function () {
    if (!(await curl.run("--version")).includes("HTTP2")) this.skip();
  });

  /** What curl prints: status and version behind each body. */
  async function ask(options: HookOptions, ...args: string[]): Promise<string[]> {
    const { url } = await network.serve(mirror(), options);
    const format = " (%{http_code}, HTTP/%{http_version})\\n";
    const output = await curl.run(
      "--http2",
      "--silent",
      "--show-error",
      "--write-out",
      format,
      ...args.map((arg) => arg.replace("URL", url)),
    );
    return output.trimEnd().split("\n");
  }

  it("is served as HTTP/1.1", async () => {
    expect(await ask({}, "URL/a?b=c")).to.deep.equal(["GET /a?b=c of HTTP/1.1 (200, HTTP/1.1)"]);
  });

  it("is served its body, a large one too", async () => {
    const body = "x".repeat(100_000);
    expect(await ask({}, "--data", body, "URL/a")).to.deep.equal([
      "POST /a of HTTP/1.1, 100000 bytes (200, HTTP/1.1)",
    ]);
  });

  it("is served several requests on one connection", async () => {
    expect(await ask({}, "URL/a", "URL/b")).to.deep.equal([
      "GET /a of HTTP/1.1 (200, HTTP/1.1)",
      "GET /b of HTTP/1.1 (200, HTTP/1.1)",
    ]);
  });

  it("is served although claim leaves it to nobody", async () => {
    expect(await ask({ claim: () => false }, "URL/a")).to.deep.equal(["GET /a of HTTP/1.1 (200, HTTP/1.1)"]);
  });
});

describe("Java's HttpClient, which asks to upgrade to h2c", () => {
  const network = useNetwork();
  const java = useProgram("java");
  // It runs a source file only where there is a compiler.
  useProgram("javac");

  it("is served HTTP/1.1, with its body, and a WebSocket", async () => {
    const { port } = await network.serve(mirror());
    expect((await java.run(JAVA_CLIENT, String(port))).trimEnd().split("\n")).to.deep.equal([
      "HTTP_1_1 200 GET /get of HTTP/1.1",
      "HTTP_1_1 200 POST /post of HTTP/1.1, 4 bytes",
      "message",
    ]);
  });
});
