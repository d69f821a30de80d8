import { expect } from "chai";
import type { Request, RequestHandler } from "express";
import session, { MemoryStore, type SessionData } from "express-session";
import { Passport } from "passport";
import { type Connection, websocket } from "../../../middleware/index.ts";
import { ask, cookiesOf } from "../../support/ask.ts";
import { deferred } from "../../support/deferred.ts";
import { usePage } from "../../support/docs/use-page.ts";
import { quietApp } from "../../support/quiet-app.ts";
import { closeFrame, frame, readClose, readText, TEXT } from "../../support/raw-frames.ts";
import { LONG, SHORT } from "../../support/timeouts.ts";
import { until, untilTrue } from "../../support/until.ts";
import { useNetwork } from "../../support/use-network.ts";

declare module "express-session" {
  interface SessionData {
    name: string;
  }
}

interface Recipe {
  reloadSession(req: Request): Promise<void>;
  followSession(ws: Connection, req: Request, interval?: number): void;
}

/** News that never come. */
async function* silence(signal: AbortSignal): AsyncGenerator<string, void, void> {
  await until(signal, "abort");
  yield* [];
}

/** A store that tells when it is asked to prolong a session. */
class WatchedStore extends MemoryStore {
  readonly touched = deferred();

  override touch(id: string, data: SessionData, callback?: () => void): void {
    super.touch?.(id, data, callback);
    this.touched.resolve();
  }
}

describe("docs/guide/sessions.md", () => {
  const network = useNetwork();
  const page = usePage("docs/guide/sessions.md", {
    names: {
      chat: '(ws: import("express-c10k").Connection) => Promise<void>',
      feed: "(signal: AbortSignal) => AsyncIterable<string>",
      followSession: '(ws: import("express-c10k").Connection, req: import("express").Request) => void',
      isValid: "(token: string) => boolean",
      passport: 'import("passport").Authenticator',
      reloadSession: '(req: import("express").Request) => Promise<void>',
      requireUser: 'import("express").RequestHandler',
      say: "(name: string | undefined, text: unknown) => Promise<void>",
    },
    ambient: `declare module "express-session" { interface SessionData { name: string } }
      declare global { namespace Express { interface User { name: string } } }
      declare global { type Connection = import("express-c10k").Connection; }`,
  });
  const guard = page.block("A guard", 1);
  const inbox = page.block("A guard", 2);
  const token = page.block("A token");
  const recipe = page.block("A session goes stale on a long connection", 1);
  const chat = page.block("A session goes stale on a long connection", 2);
  const feed = page.block("A session goes stale on a long connection", 3);
  const signOut = page.block("Sign-out");

  it("answers 401 to whoever has no name in the session, and greets who has", async () => {
    const app = quietApp().use(session({ secret: "secret", resave: false, saveUninitialized: false }));
    app.post("/login", (req, res) => {
      req.session.name = "Ada";
      res.send("Welcome");
    });
    await guard.run({ app, websocket });
    const { port, url } = await network.serve(app);
    const { status, body } = await ask(network, port, "/lounge");
    expect({ status, body }).to.deep.equal({ status: 401, body: "Sign in first" });
    const { headers } = await fetch(`${url}/login`, { method: "POST" });
    const { raw } = await ask(network, port, "/lounge", {
      Cookie: cookiesOf(headers.get("set-cookie") ?? ""),
    });
    expect(await readText(raw)).to.equal("Hello Ada!");
  });

  it("gives the handler the user of passport", async () => {
    const passport = new Passport();
    passport.serializeUser((user, done) => done(null, user.name));
    passport.deserializeUser((name: string, done) => done(null, { name }));
    const app = quietApp().use(session({ secret: "secret", resave: false, saveUninitialized: false }));
    app.post("/login", passport.session(), (req, res, next) => {
      req.login({ name: "Ada" }, (error) => (error ? next(error) : res.send("Welcome")));
    });
    await inbox.run({ app, websocket, passport });
    const { port, url } = await network.serve(app);
    expect((await ask(network, port, "/inbox")).status).to.equal(401);
    const { headers } = await fetch(`${url}/login`, { method: "POST" });
    const { raw } = await ask(network, port, "/inbox", {
      Cookie: cookiesOf(headers.get("set-cookie") ?? ""),
    });
    expect(await readText(raw)).to.equal("Mail for Ada");
  });

  it("takes a token as a second subprotocol, and does not send it back", async () => {
    const app = quietApp();
    const isValid = (text: string) => text === "eyJhbGciOi.J9_-";
    await token.run({ app, websocket, isValid, chat: (ws: Connection) => ws.send("Welcome") });
    const { port, wsUrl } = await network.serve(app);
    const client = await network.open(`${wsUrl}/chat/tea`, { protocols: ["chat", "eyJhbGciOi.J9_-"] });
    expect(client.ws.protocol).to.equal("chat");
    expect(await client.next()).to.equal("Welcome");
    for (const offer of ["chat", "chat, wrong"]) {
      const { status } = await ask(network, port, "/chat/tea", { "Sec-WebSocket-Protocol": offer });
      expect(status).to.equal(401);
    }
  });

  /** Who said what, in the chat. */
  const said: string[] = [];
  const say = (name: string, text: unknown) => said.push(`${name}: ${text}`);

  beforeEach(() => {
    said.length = 0;
  });

  /** An app with a page that changes the session, one that signs out, and the views of the page. */
  async function serve() {
    const store = new WatchedStore();
    const cookie = { maxAge: LONG };
    const app = quietApp().use(
      session({ secret: "secret", resave: false, saveUninitialized: true, store, cookie }),
    );
    app.post("/name/:name", (req, res) => {
      req.session.name = req.params.name;
      res.send("changed");
    });
    app.post("/logout", (req, res) => {
      req.session.destroy(() => res.send("signed out"));
    });
    const { exports } = await recipe.run<Recipe>();
    const { reloadSession, followSession } = exports;
    await chat.run({ app, websocket, reloadSession, say });
    await feed.run({
      app,
      websocket,
      feed: silence,
      followSession: (ws: Connection, req: Request) => followSession(ws, req, SHORT),
    });
    return { store, ...(await network.serve(app)) };
  }

  async function open(path: string) {
    const { store, port, url } = await serve();
    const { headers, raw } = await ask(network, port, path);
    const cookie = cookiesOf(headers["set-cookie"]);
    const post = (page: string) => fetch(`${url}${page}`, { method: "POST", headers: { cookie } });
    return { raw, store, post };
  }

  it("shows what a page has changed meanwhile", async () => {
    const { raw, post } = await open("/chat");
    for (const name of ["Ada", "Bob"]) {
      await post(`/name/${name}`);
      raw.write(frame(TEXT, "Hello"));
      await untilTrue(() => said.at(-1) === `${name}: Hello`);
    }
  });

  it("closes with 4401 instead of serving whoever has signed out", async () => {
    const { raw, post } = await open("/chat");
    await post("/logout");
    raw.write(frame(TEXT, "Hello"));
    expect(await readClose(raw)).to.deep.equal({ code: 4401, reason: "Signed out" });
    expect(said).to.deep.equal([]);
  });

  it("closes a connection that only listens, too", async () => {
    const { raw, post } = await open("/feed");
    await post("/logout");
    expect(await readClose(raw)).to.deep.equal({ code: 4401, reason: "Signed out" });
  });

  it("keeps the session alive for as long as the connection is open, and no longer", async () => {
    const { raw, store } = await open("/feed");
    const first = await expiry(store);
    await store.touched.promise;
    expect(await expiry(store)).to.be.above(first);
    raw.write(closeFrame(1000));
    expect((await readClose(raw)).code).to.equal(1000);
  });

  it("closes what a session has open when it signs out, and nothing else", async () => {
    const requireUser: RequestHandler = (req, _res, next) => {
      req.session.name = "Ada";
      next();
    };
    const app = quietApp().use(session({ secret: "secret", resave: false, saveUninitialized: false }));
    type Exports = { bySession: Map<string, Set<Connection>> };
    const names = { app, websocket, requireUser, feed: silence };
    const { bySession } = (await signOut.run<Exports>(names, "bySession")).exports;
    const { port, url } = await network.serve(app);
    const [first, other] = [await ask(network, port, "/feed"), await ask(network, port, "/feed")];
    const cookie = cookiesOf(first.headers["set-cookie"]);
    const second = await ask(network, port, "/feed", { Cookie: cookie });
    await untilTrue(() => [...bySession.values()].reduce((count, { size }) => count + size, 0) === 3);
    expect((await fetch(`${url}/logout`, { method: "POST", headers: { cookie } })).status).to.equal(204);
    for (const { raw } of [first, second])
      expect(await readClose(raw)).to.deep.equal({ code: 4401, reason: "Signed out" });
    for (const { raw } of [first, second]) raw.socket.end(closeFrame(4401));
    await untilTrue(() => bySession.size === 1);
    other.raw.write(closeFrame(1000));
    expect((await readClose(other.raw)).code).to.equal(1000);
    await untilTrue(() => bySession.size === 0);
  });

  /** When the only session runs out. */
  function expiry(store: MemoryStore): Promise<number> {
    return new Promise((resolve, reject) => {
      store.all((error, sessions) => {
        const [only]: SessionData[] = Object.values(sessions ?? {});
        if (only) resolve(Number(new Date(String(only.cookie.expires))));
        else reject(error ?? new Error("There is no session"));
      });
    });
  }
});
