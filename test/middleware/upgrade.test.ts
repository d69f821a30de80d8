import { expect } from "chai";
import type { Request } from "express";
import { upgradeOf } from "../../middleware/upgrade.ts";
import { deferred } from "../support/deferred.ts";
import { quietApp } from "../support/quiet-app.ts";
import { handshakeText, readResponse, requestText } from "../support/raw-http.ts";
import { untilTrue } from "../support/until.ts";
import { useNetwork } from "../support/use-network.ts";

describe("upgradeOf", () => {
  const network = useNetwork();

  /** Sends a request to an app that refuses it; gives the request, and what its upgrade was meanwhile. */
  async function requestOf(text: string): Promise<{ req: Request; meanwhile: unknown }> {
    const arrived = deferred<{ req: Request; meanwhile: unknown }>();
    const app = quietApp().use((req, res) => {
      arrived.resolve({ req, meanwhile: upgradeOf(req) });
      res.sendStatus(204);
    });
    const { port } = await network.serve(app);
    const raw = await network.dial(port);
    raw.write(text);
    const { req, meanwhile } = await arrived.promise;
    await readResponse(raw);
    return { req, meanwhile };
  }

  it("gives the upgrade of a request while it lasts, then says that it is over", async () => {
    const { req, meanwhile } = await requestOf(handshakeText());
    expect(meanwhile).to.include.keys("hook", "socket");
    await untilTrue(() => upgradeOf(req) === "over");
  });

  it("gives undefined for a request that asks for none", async () => {
    const { req, meanwhile } = await requestOf(requestText("/"));
    expect([meanwhile, upgradeOf(req)]).to.deep.equal([undefined, undefined]);
  });
});
