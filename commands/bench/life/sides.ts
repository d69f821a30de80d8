import { fileURLToPath } from "node:url";
import { packageRoot } from "../../package-root.ts";
import { numberIn, startChild } from "../child.ts";
import type { Pinning } from "../pinning.ts";
import { type Program, startProgram } from "../program.ts";
import type { PlayOrder } from "./orders.ts";
import type { Python } from "./python.ts";

/** One that serves the Game of Life and plays it, each in a process of its own. */
export interface Side {
  /** Starts its server, which answers with its port. */
  serve(pins: Pinning): Program;
  /** Starts its workers. */
  play(order: PlayOrder, pins: Pinning): Play;
}

/** Workers that play a game. */
export interface Play {
  readonly stepsPerSecond: Promise<number>;
  /** Ends their process. */
  end(): Promise<void>;
}

const LISTENING = /^Listening on .*?(\d+)\/?$/;

/** This project's server, and what its command `gameoflife` is made of. */
export const ours: Side = {
  serve({ server }) {
    const options = ["--port", "0", "--host", "127.0.0.1", "--log", "off"];
    const command = [...server, process.execPath, fileOf("dist/app.js"), ...options];
    return startProgram("The server", command, LISTENING);
  },
  play(order, { load }) {
    const player = startChild("The game", [
      ...load,
      process.execPath,
      fileOf("dist/commands/bench/life/player.js"),
    ]);
    const answered = player.ask(order);
    return {
      stepsPerSecond: answered.then((answer) => order.length.steps / numberIn(answer, "seconds")),
      end: player.end,
    };
  },
};

/** The original's design. */
export function original({ program }: Python): Side {
  const script = [program, fileOf("commands/bench/life/original.py")];
  return {
    serve: ({ server }) =>
      startProgram("The original's server", [...server, ...script, "serve", "0"], LISTENING),
    play({ url, size, length }, { load }) {
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

function fileOf(path: string): string {
  return fileURLToPath(new URL(path, packageRoot()));
}
