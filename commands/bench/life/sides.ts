import { packageFile } from "../../package-root.ts";
import { numberIn, startChild } from "../child.ts";
import { type Pinning, UNPINNED } from "../pinning.ts";
import { startProgram } from "../program.ts";
import type { Site } from "./games.ts";
import type { PlayOrder } from "./orders.ts";
import type { Python } from "./python.ts";
import { type Serving, serveAlone, serveWithRedis, serveWithWorkers, serving, startServer } from "./serve.ts";

/** One that serves the Game of Life and plays it, each in processes of its own. */
export interface Side {
  /** Starts its servers. */
  serve(pins: Pinning): Serving;
  /** Starts its workers. */
  play(order: PlayOrder, pins: Pinning): Play;
}

/** Workers that play a game. */
export interface Play {
  readonly stepsPerSecond: Promise<number>;
  /** Ends their process. */
  end(): Promise<void>;
}

/** This project's server, and what its command `gameoflife` is made of. */
export const ours: Side = { serve: serveAlone, play: playOurs };

/** The same, served by others. */
export function oursOn(site: Site): Side {
  const serve = { one: serveAlone, workers: serveWithWorkers, redis: serveWithRedis };
  return { serve: () => serve[site](UNPINNED), play: (order) => playOurs(order, UNPINNED) };
}

function playOurs(order: PlayOrder, { load }: Pinning): Play {
  const player = startChild("The game", [
    ...load,
    process.execPath,
    packageFile("dist/commands/bench/life/player.js"),
  ]);
  const answered = player.ask(order);
  return {
    stepsPerSecond: answered.then((answer) => order.length.steps / numberIn(answer, "seconds")),
    end: player.end,
  };
}

/** The original's design. */
export function original({ program }: Python): Side {
  const script = [program, packageFile("commands/bench/life/original.py")];
  return {
    serve: ({ server }) =>
      serving(startServer("The original's server", [...server, ...script, "serve", "0"])),
    play({ urls: [url = ""], size, length }, { load }) {
      const args = ["play", new URL(url).port, `${size}`, `${length.steps}`];
      const player = startProgram(
        "The original's game",
        [...load, ...script, ...args],
        /^(\S+) steps per second$/,
      );
      return { stepsPerSecond: player.answer.then(Number), end: player.end };
    },
  };
}
