import { expect } from "chai";
import express, { type RequestHandler } from "express";
import session from "express-session";
import { Passport } from "passport";
import { Strategy } from "passport-local";
import { websocket } from "../../middleware/index.ts";
import { ask, cookiesOf } from "../support/ask.ts";
import { quietApp } from "../support/quiet-app.ts";
import { readText } from "../support/raw-frames.ts";
import { useNetwork } from "../support/use-network.ts";

declare global {
  namespace Express {
    interface User {
      readonly name: string;
    }
  }
}

describe("passport in the pipeline", () => {
  const network = useNetwork();

  const requireUser: RequestHandler = (req, res, next) => {
    if (req.isAuthenticated()) next();
    else res.status(401).set("WWW-Authenticate", "Session").send("Sign in first");
  };

  /** An app with a form to sign in, one to sign out, and two views: for those signed in, and for those with a password. */
  function app() {
    const passport = new Passport();
    passport.use(
      new Strategy((name, password, done) => done(null, password === "open sesame" ? { name } : false)),
    );
    passport.serializeUser((user, done) => done(null, user.name));
    passport.deserializeUser((name: string, done) => done(null, { name }));

    const app = quietApp();
    app.use(session({ secret: "secret", resave: false, saveUninitialized: false }), passport.session());
    app.post("/login", express.urlencoded(), passport.authenticate("local"), (_req, res) => {
      res.send("Welcome");
    });
    app.post("/logout", (req, res, next) => {
      req.logout((error) => (error ? next(error) : res.send("Bye")));
    });
    app.get(
      "/ws",
      requireUser,
      websocket((ws, req) => ws.send(`Hello ${req.user?.name}!`)),
    );
    app.get(
      "/guarded",
      passport.authenticate("local", { failureRedirect: "/login" }),
      websocket((ws, req) => ws.send(`Hello ${req.user?.name}!`)),
    );
    return app;
  }

  async function signIn(url: string): Promise<string> {
    const body = new URLSearchParams({ username: "Ada", password: "open sesame" });
    const response = await fetch(`${url}/login`, { method: "POST", body });
    expect(response.status).to.equal(200);
    return cookiesOf(response.headers.get("set-cookie") ?? "");
  }

  it("gives the handler the user who signed in on a page", async () => {
    const { port, url } = await network.serve(app());
    const { status, raw } = await ask(network, port, "/ws", { Cookie: await signIn(url) });
    expect(status).to.equal(101);
    expect(await readText(raw)).to.equal("Hello Ada!");
  });

  it("answers 401 to whoever has not signed in", async () => {
    const { port } = await network.serve(app());
    const { status, headers, body } = await ask(network, port, "/ws");
    expect({ status, body }).to.deep.equal({ status: 401, body: "Sign in first" });
    expect(headers["www-authenticate"]).to.equal("Session");
  });

  it("answers 401 to whoever has signed out", async () => {
    const { port, url } = await network.serve(app());
    const cookie = await signIn(url);
    await fetch(`${url}/logout`, { method: "POST", headers: { cookie } });
    expect((await ask(network, port, "/ws", { Cookie: cookie })).status).to.equal(401);
  });

  it("may itself redirect a handshake", async () => {
    const { port } = await network.serve(app());
    const { status, headers } = await ask(network, port, "/guarded");
    expect(status).to.equal(302);
    expect(headers.location).to.equal("/login");
  });

  it("may itself let a handshake through, and set the cookie of its session on the 101", async () => {
    const { port } = await network.serve(app());
    const path = `/guarded?username=Ada&password=${encodeURIComponent("open sesame")}`;
    const { status, headers, raw } = await ask(network, port, path);
    expect(status).to.equal(101);
    expect(await readText(raw)).to.equal("Hello Ada!");
    const cookie = cookiesOf(headers["set-cookie"]);
    expect((await ask(network, port, "/ws", { Cookie: cookie })).status).to.equal(101);
  });
});
