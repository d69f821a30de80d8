import { expect } from "chai";
import cookieSession from "cookie-session";
import session, { MemoryStore, type SessionData } from "express-session";
import { websocket } from "../../middleware/index.ts";
import { ask, cookiesOf } from "../support/ask.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, frame, readClose, readText, TEXT } from "../support/raw-frames.ts";
import { handshakeText, readResponse } from "../support/raw-http.ts";
import { until } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

declare module "express-session" {
  interface SessionData {
    name: string;
    visits: number;
  }
}

/** A store that takes its time to save, as one across a network does. */
class SlowStore extends MemoryStore {
  readonly saving = deferred();
  readonly released = deferred();

  override set(id: string, data: SessionData, callback?: (error?: unknown) => void): void {
    this.saving.resolve();
    this.released.promise.then(() => super.set(id, data, callback));
  }
}

describe("express-session in the pipeline", () => {
  const network = useNetwork();

  function sessions(store = new MemoryStore(), saveUninitialized = true) {
    return session({ secret: "secret", resave: false, saveUninitialized, store });
  }

  it("gives the handler the session that a page began", async () => {
    const app = quietApp().use(sessions());
    app.get("/login", (req, res) => {
      req.session.name = "Ada";
      res.send("Welcome");
    });
    app.get(
      "/ws",
      websocket((ws, req) => ws.send(`Hello ${req.session.name}!`)),
    );
    const { url, wsUrl } = await network.serve(app);
    const cookie = cookiesOf((await fetch(`${url}/login`)).headers.get("set-cookie") ?? "");
    const ws = await network.connect(`${wsUrl}/ws`, { headers: { cookie } });
    expect(await ws.recv()).to.equal("Hello Ada!");
  });

  it("sets the cookie of a new session on the 101", async () => {
    const app = quietApp().use(sessions());
    app.get(
      "/",
      websocket((ws, req) => ws.send(req.sessionID)),
    );
    const { port } = await network.serve(app);
    const { status, headers, raw } = await ask(network, port);
    expect(status).to.equal(101);
    expect(headers["set-cookie"]).to.match(/^connect\.sid=s%3A.+; Path=\/; HttpOnly$/);
    expect(decodeURIComponent(headers["set-cookie"] ?? "")).to.contain(await readText(raw));
  });

  it("stores the session before the 101 leaves", async () => {
    const store = new SlowStore();
    const app = quietApp().use(sessions(store), (req, _res, next) => {
      req.session.visits = 1;
      next();
    });
    app.get(
      "/",
      websocket((ws, req) => ws.send(req.sessionID)),
    );
    const { port } = await network.serve(app);
    const raw = await network.dial(port);
    raw.write(handshakeText());
    await store.saving.promise;
    // Node has handed over nothing yet: not even the status line is in the socket's buffer.
    expect(raw.received.length).to.equal(0);
    store.released.resolve();
    expect((await readResponse(raw)).status).to.equal(101);
    const id = await readText(raw);
    expect(await new Promise((resolve) => store.get(id, (_error, data) => resolve(data)))).to.include({
      visits: 1,
    });
  });

  it("lets the handler change and save the session while the connection is open", async () => {
    const app = quietApp().use(sessions());
    app.get("/visits", (req, res) => {
      res.send(String(req.session.visits));
    });
    app.get(
      "/ws",
      websocket(async (ws, req) => {
        for await (const visits of ws) {
          req.session.visits = Number(visits);
          await new Promise((resolve) => req.session.save(resolve));
          await ws.send("saved");
        }
      }),
    );
    const { port, url } = await network.serve(app);
    const { headers, raw } = await ask(network, port, "/ws");
    const cookie = cookiesOf(headers["set-cookie"]);
    raw.write(frame(TEXT, "7"));
    expect(await readText(raw)).to.equal("saved");
    expect(await (await fetch(`${url}/visits`, { headers: { cookie } })).text()).to.equal("7");
    raw.write(closeFrame(1000));
    expect((await readClose(raw)).code).to.equal(1000);
  });

  it("leaves no cookie where the session was not begun", async () => {
    const app = quietApp().use(sessions(new MemoryStore(), false));
    app.get(
      "/",
      websocket(() => {}),
    );
    const { port } = await network.serve(app);
    expect((await ask(network, port)).headers).not.to.have.property("set-cookie");
  });

  it("answers with the app's error handler where the store fails", async () => {
    const store = new MemoryStore();
    store.get = (_id, callback) => callback(new Error("The store is down"));
    const app = quietApp().use(sessions(store));
    app.get(
      "/",
      websocket(() => {}),
    );
    const { port } = await network.serve(app);
    const { headers } = await ask(network, port);
    const cookie = cookiesOf(headers["set-cookie"]);
    const { status, body } = await ask(network, port, "/", { Cookie: cookie });
    expect(status).to.equal(500);
    expect(body).to.contain("The store is down");
  });

  it("keeps the connection of a peer whose session is destroyed meanwhile, until the handler looks", async () => {
    const gone = deferred();
    const app = quietApp().use(sessions());
    app.get(
      "/",
      websocket(async (ws, req) => {
        await new Promise((resolve) => req.session.destroy(resolve));
        gone.resolve();
        await until(ws.signal, "abort");
      }),
    );
    const { wsUrl } = await network.serve(app);
    const ws = await network.connect(wsUrl);
    await gone.promise;
    expect(await ws.ping()).to.be.a("number");
  });
});

describe("cookie-session in the pipeline", () => {
  const network = useNetwork();

  function app() {
    const app = quietApp().use(cookieSession({ name: "session", keys: ["key"] }));
    app.use((req, _res, next) => {
      if (req.session) req.session.visits = (req.session.visits ?? 0) + 1;
      next();
    });
    return app.get(
      "/",
      websocket((ws, req) => ws.send(`Visit ${Object(req.session).visits}`)),
    );
  }

  it("sets its signed cookies on the 101, and reads them back", async () => {
    const { port } = await network.serve(app());
    const first = await ask(network, port);
    expect(first.status).to.equal(101);
    expect(first.headers["set-cookie"]).to.match(/session=.+session\.sig=/);
    expect(await readText(first.raw)).to.equal("Visit 1");
    const second = await ask(network, port, "/", { Cookie: cookiesOf(first.headers["set-cookie"]) });
    expect(await readText(second.raw)).to.equal("Visit 2");
  });

  it("begins anew where the signature is wrong", async () => {
    const { port } = await network.serve(app());
    const cookie = cookiesOf((await ask(network, port)).headers["set-cookie"]).replace("sig=", "sig=x");
    expect(await readText((await ask(network, port, "/", { Cookie: cookie })).raw)).to.equal("Visit 1");
  });
});
