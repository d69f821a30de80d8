import { expect } from "chai";
import morgan from "morgan";
import { accept, broadcast, type Summary, websocket } from "../../middleware/index.ts";
import { deferred } from "../support/deferred.ts";
import { echo } from "../support/echo.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText } from "../support/raw-http.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("morgan in the pipeline", () => {
  const network = useNetwork();

  function logged(format: string) {
    const lines: string[] = [];
    const stream = { write: (line: string) => lines.push(line.trimEnd()) };
    return { lines, app: quietApp().use(morgan(format, { stream })) };
  }

  it("logs one line with status 101, while the connection is still open", async () => {
    const { lines, app } = logged(":method :url :status :res[content-length] HTTP/:http-version");
    app.get(
      "/room/:id",
      websocket(async (ws) => {
        await ws.recv();
        await ws.send(lines.join("\n"));
      }),
    );
    const { wsUrl } = await network.serve(app);
    const ws = await network.connect(`${wsUrl}/room/7?since=3`);
    await ws.send("What is in the log?");
    expect(await ws.recv()).to.equal("GET /room/7?since=3 101 - HTTP/1.1");
    await ws.closed;
    expect(lines).to.have.length(1);
  });

  it("logs the address, the time and the peer's program, in the combined format", async () => {
    const { lines, app } = logged("combined");
    app.get(
      "/",
      websocket(() => {}),
    );
    const { wsUrl } = await network.serve(app);
    const ws = await network.connect(wsUrl, { headers: { "User-Agent": "test/1" } });
    await ws.closed;
    expect(lines.join("\n")).to.match(/^\S*127\.0\.0\.1 - - \[.+\] "GET \/ HTTP\/1\.1" 101 - "-" "test\/1"$/);
  });

  it("logs the time that the handshake took, whatever the connection takes", async () => {
    const { lines, app } = logged(":response-time");
    app.get(
      "/",
      websocket((ws) => ws.closed),
    );
    const { wsUrl } = await network.serve(app);
    await network.connect(wsUrl);
    expect(Number(lines[0])).to.be.above(0);
  });

  it("logs one line for a refusal, and one without a status for a client that resets", async () => {
    const { lines, app } = logged(":url :status");
    const arrived = deferred();
    app.get("/slow", () => arrived.resolve());
    const { port } = await network.serve(app);
    const refused = await network.dial(port);
    refused.write(handshakeText("/nowhere"));
    await refused.readToEnd();
    const raw = await network.dial(port);
    raw.write(handshakeText("/slow"));
    await arrived.promise;
    raw.reset();
    await untilTrue(() => lines.length > 1);
    expect(lines).to.deep.equal(["/nowhere 404", "/slow -"]);
  });
});

describe("onClose", () => {
  const network = useNetwork();

  it("tells once how a connection ended, how long it lasted, and what passed both ways", async () => {
    const summary = deferred<Summary>();
    let calls = 0;
    const onClose = (told: Summary): void => {
      calls += 1;
      summary.resolve(told);
    };
    const app = quietApp().get("/room/:id", websocket(echo, { onClose }));
    const { wsUrl } = await network.serve(app);
    const ws = await network.connect(`${wsUrl}/room/7?since=3`);
    for (const message of ["Grüße", Buffer.alloc(70_000)]) {
      await ws.send(message);
      expect(await ws.recv()).to.deep.equal(message);
    }
    await ws.send("!");
    await ws.recv();
    await ws.close(1000, "Enough");
    const { duration, remoteAddress, ...rest } = await summary.promise;
    expect(rest).to.deep.equal({
      request: "GET /room/7?since=3",
      code: 1000,
      reason: "Enough",
      received: { messages: 3, bytes: 7 + 70_000 + 1 },
      sent: { messages: 3, bytes: 7 + 70_000 + 1 },
    });
    expect(duration).to.be.above(0);
    expect(remoteAddress).to.match(/127\.0\.0\.1$|^::1$/);
    expect(calls).to.equal(1);
  });

  it("counts broadcasts, what is sent through raw, and payload as it is before compression", async () => {
    const summary = deferred<Summary>();
    const app = quietApp().get(
      "/",
      websocket(
        async (ws) => {
          broadcast([ws], "x".repeat(1000));
          ws.raw.send("raw");
          ws.raw.send(new Uint8Array(4));
          ws.raw.send(new ArrayBuffer(5));
          ws.raw.send(12);
          ws.raw.send(new Blob(["blob"]));
          await ws.recv();
        },
        { compression: { threshold: 0 }, onClose: summary.resolve },
      ),
    );
    const { wsUrl } = await network.serve(app);
    const client = await network.open(wsUrl, { perMessageDeflate: { threshold: 0 } });
    expect(client.ws.extensions).to.contain("permessage-deflate");
    client.ws.send("y".repeat(2000));
    const { received, sent } = await summary.promise;
    expect(received).to.deep.equal({ messages: 1, bytes: 2000 });
    expect(sent).to.deep.equal({ messages: 6, bytes: 1000 + 3 + 4 + 5 + 2 + 4 });
  });

  it("tells of a connection that broke: 1006", async () => {
    const summary = deferred<Summary>();
    const { port } = await network.serveView((ws) => ws.closed, { onClose: summary.resolve });
    (await network.shake(port)).reset();
    expect(await summary.promise).to.deep.include({ code: 1006, received: { messages: 0, bytes: 0 } });
  });

  it("tells of a view that decides for itself", async () => {
    const summary = deferred<Summary>();
    const app = quietApp().get("/feed", async (req, res) => {
      const ws = await accept(req, res, { onClose: summary.resolve });
      await ws.close(4000, "Empty");
    });
    const { wsUrl } = await network.serve(app);
    await network.connect(`${wsUrl}/feed`);
    expect(await summary.promise).to.include({ request: "GET /feed", code: 4000, reason: "Empty" });
  });

  it("tells nothing of what is refused", async () => {
    const summaries: Summary[] = [];
    const { port } = await network.serveView(() => {}, { onClose: (told) => summaries.push(told) });
    const raw = await network.dial(port);
    raw.write(handshakeText("/", { Origin: "https://evil.example" }));
    await raw.readToEnd();
    expect(summaries).to.deep.equal([]);
  });

  for (const [how, onClose] of Object.entries({
    throws() {
      throw new Error("The disk is full");
    },
    async rejects() {
      throw new Error("The disk is full");
    },
  })) {
    it(`ends nothing if it ${how}: console.error is told`, async () => {
      const { error } = console;
      const told = deferred<unknown[]>();
      console.error = (...line) => told.resolve(line);
      try {
        const { wsUrl } = await network.serveView(() => {}, { onClose });
        await network.connect(wsUrl);
        expect((await told.promise).map(String)).to.deep.equal([
          "GET /: onClose failed:",
          "Error: The disk is full",
        ]);
      } finally {
        console.error = error;
      }
    });
  }

  it("has to be a function", () => {
    expect(() => Reflect.apply(websocket, null, [() => {}, { onClose: "log" }])).to.throw(
      TypeError,
      '"onClose"',
    );
  });
});
