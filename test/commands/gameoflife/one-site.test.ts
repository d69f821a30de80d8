import { createServer } from "node:http";
import { expect } from "chai";
import { CommandError } from "../../../commands/errors.ts";
import { checkOneSite } from "../../../commands/gameoflife/one-site.ts";
import { rejection } from "../../support/rejection.ts";
import { SHORT } from "../../support/timeouts.ts";
import { useNetwork } from "../../support/use-network.ts";

describe("checkOneSite", () => {
  const network = useNetwork();

  /** Starts a server that says of one game after the other that it is on, and of the last for ever. */
  async function serve(...games: string[]): Promise<{ url: string }> {
    let looks = 0;
    const server = createServer((_req, res) => {
      const game = games[Math.min(looks, games.length - 1)];
      looks += 1;
      res.end(JSON.stringify({ game, size: 3, step: 0, unlived: [] }));
    });
    return { url: `ws://127.0.0.1:${await network.listen(server)}` };
  }

  it("takes servers for one site that have the same game on, at once or a little later", async () => {
    const servers = [await serve("a-game"), await serve("an-older-game", "0", "a-game")];
    await checkOneSite(servers, undefined, "a-game");
  });

  it("refuses servers that have another game on, or none", async () => {
    const servers = [await serve("a-game"), await serve("0")];
    const error = await rejection(checkOneSite(servers, undefined, "a-game", SHORT));
    expect(error).to.be.an.instanceOf(CommandError);
    expect(String(error)).to.equal(
      `CommandError: ${servers[1]?.url} does not share this game: start its servers with the same --redis`,
    );
  });

  it("lets a server be that does not say", async () => {
    const silent = {
      url: `ws://127.0.0.1:${await network.listen(createServer((_req, res) => res.writeHead(503).end()))}`,
    };
    await checkOneSite([await serve("a-game"), silent], undefined, "a-game");
  });

  it("asks nothing of the only server", async () => {
    await checkOneSite([await serve("another-game")], undefined, "a-game");
  });
});
