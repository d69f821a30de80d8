import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../errors.ts";
import { look } from "./look.ts";
import type { Server } from "./servers.ts";
import type { GameName } from "./urls.ts";

/** For how many milliseconds a server may not have heard yet which game another one has started. */
const DELAY = 5000;

/** How long to wait from one look to the next, in milliseconds. */
const INTERVAL = 100;

/**
 * Checks that all servers which are there have the same game on. Servers that share nothing would wait for ever, each for the workers
 * that are with the other.
 *
 * @param game the game's id
 * @param delay for how many milliseconds a server may not have heard of it. Default: 5,000
 * @throws CommandError if one of them has not
 */
export async function checkOneSite(
  servers: readonly Pick<Server, "url">[],
  name: GameName,
  game: string,
  delay = DELAY,
): Promise<void> {
  if (servers.length > 1) await Promise.all(servers.map(check));

  async function check(server: Pick<Server, "url">): Promise<void> {
    const deadline = performance.now() + delay;
    while (!(await plays(server))) {
      if (performance.now() > deadline)
        throw new CommandError(
          `${server.url} does not share this game: start its servers with the same --redis`,
        );
      await sleep(INTERVAL);
    }
  }

  /** One that does not say is left to the workers, which find out. */
  async function plays(server: Pick<Server, "url">): Promise<boolean> {
    try {
      return (await look(server, name)).game === game;
    } catch {
      return true;
    }
  }
}
