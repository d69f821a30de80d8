import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { expect } from "chai";
import { type Look, look } from "../../../commands/gameoflife/look.ts";
import { rejection } from "../../support/rejection.ts";
import { SHORT } from "../../support/timeouts.ts";
import { useNetwork } from "../../support/use-network.ts";

const LOOK: Look = { game: "a-game", size: 3, step: 7, unlived: [0, 8] };

describe("look", () => {
  const network = useNetwork();

  async function serve(listener: RequestListener): Promise<string> {
    const port = await network.listen(createServer(listener));
    return `127.0.0.1:${port}`;
  }

  it("asks below the path of the URL, and below the name of the game", async () => {
    const paths: (string | undefined)[] = [];
    const host = await serve(({ url }, res) => {
      paths.push(url);
      res.end(JSON.stringify(LOOK));
    });
    expect(await look({ url: `ws://${host}` }, undefined)).to.deep.equal(LOOK);
    await look({ url: `ws://${host}/life/` }, "tea");
    expect(paths).to.deep.equal(["/game.json", "/life/games/tea/game.json"]);
  });

  it("sends the name and the password of the URL", async () => {
    let credentials: string | undefined;
    const host = await serve(({ headers }, res) => {
      credentials = headers.authorization;
      res.end(JSON.stringify(LOOK));
    });
    expect(await look({ url: `ws://ada:a%20secret@${host}` }, undefined)).to.deep.equal(LOOK);
    expect(credentials).to.equal(`Basic ${btoa("ada:a secret")}`);
  });

  for (const [what, answer] of [
    ["that is no JSON", "<!doctype html>"],
    ["that is empty", ""],
    ["that is null", "null"],
    ["without a size", JSON.stringify({ ...LOOK, size: "3" })],
    ["with a cell that is none", JSON.stringify({ ...LOOK, unlived: [0.5] })],
  ]) {
    it(`refuses an answer ${what}`, async () => {
      const host = await serve((_req, res) => res.end(answer));
      const error = await rejection(look({ url: `ws://${host}` }, undefined));
      expect(String(error)).to.equal("Error: it does not say how the game stands");
    });
  }

  it("says which status the server answers with", async () => {
    const host = await serve((_req, res) => res.writeHead(503).end());
    const error = await rejection(look({ url: `ws://${host}` }, undefined));
    expect(String(error)).to.equal("Error: HTTP 503");
  });

  it("fails where the server hangs up without a word", async () => {
    const port = await network.listen(createTcpServer((socket) => socket.destroy()));
    const error = await rejection(look({ url: `ws://127.0.0.1:${port}` }, undefined));
    expect(error).to.have.property("code", "ECONNRESET");
  });

  for (const [when, listener] of [
    ["does not answer", () => {}],
    ["does not end its answer", (_req, res) => res.write("{")],
  ] satisfies [string, RequestListener][]) {
    it(`fails in time where the server ${when}`, async () => {
      const host = await serve(listener);
      expect(await rejection(look({ url: `ws://${host}` }, undefined, SHORT))).to.be.an("error");
    });
  }
});
