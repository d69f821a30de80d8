import { expect } from "chai";
import type { Request } from "express";
import session, { MemoryStore, type SessionData } from "express-session";
import { type Connection, websocket } from "../../middleware/index.ts";
import { ask, cookiesOf } from "../support/ask.ts";
import { deferred } from "../support/deferred.ts";
import { importFromDocs } from "../support/docs-module.ts";
import { quietApp } from "../support/quiet-app.ts";
import { closeFrame, frame, readClose, readText, TEXT } from "../support/raw-frames.ts";
import { LONG, SHORT } from "../support/timeouts.ts";
import { useNetwork } from "../support/use-network.ts";

declare module "express-session" {
  interface SessionData {
    color?: string;
  }
}

interface Recipe {
  reloadSession(req: Request): Promise<void>;
  followSession(ws: Connection, req: Request, interval?: number): void;
}

/** A store that tells when it is asked to prolong a session. */
class WatchedStore extends MemoryStore {
  readonly touched = deferred();

  override touch(id: string, data: SessionData, callback?: () => void): void {
    super.touch?.(id, data, callback);
    this.touched.resolve();
  }
}

describe("the recipe for a session that goes stale on a long connection", () => {
  const network = useNetwork();
  let recipe: Recipe;

  before(async () => {
    recipe = await importFromDocs<Recipe>("guide/sessions.md");
  });

  /** An app with a page that changes the session, one that signs out, and two views that follow the recipe. */
  async function serve() {
    const store = new WatchedStore();
    const cookie = { maxAge: LONG };
    const app = quietApp().use(
      session({ secret: "secret", resave: false, saveUninitialized: true, store, cookie }),
    );
    app.post("/color/:color", (req, res) => {
      req.session.color = req.params.color;
      res.send("changed");
    });
    app.post("/logout", (req, res) => {
      req.session.destroy(() => res.send("signed out"));
    });
    app.get(
      "/chat",
      websocket(async (ws, req) => {
        for await (const text of ws) {
          await recipe.reloadSession(req);
          await ws.send(`${text} in ${req.session.color}`);
        }
      }),
    );
    app.get(
      "/feed",
      websocket(async (ws, req) => {
        recipe.followSession(ws, req, SHORT);
        await ws.closed;
      }),
    );
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
    for (const color of ["red", "blue"]) {
      await post(`/color/${color}`);
      raw.write(frame(TEXT, "Hello"));
      expect(await readText(raw)).to.equal(`Hello in ${color}`);
    }
  });

  it("closes with 4401 instead of serving whoever has signed out", async () => {
    const { raw, post } = await open("/chat");
    await post("/logout");
    raw.write(frame(TEXT, "Hello"));
    expect(await readClose(raw)).to.deep.equal({ code: 4401, reason: "Signed out" });
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
