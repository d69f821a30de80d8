/** The workers as a process: plays the games that its parent orders, as the command `gameoflife` does, and tells how long they took. */

import { errorMessage } from "../../errors.ts";
import { playGame } from "../../gameoflife/game.ts";
import { randomStates } from "../../gameoflife/random.ts";
import { findServers } from "../../gameoflife/servers.ts";
import { answerParent } from "../parent.ts";
import { isPlayOrder, type PlayOrder } from "./orders.ts";
import { Stopwatch } from "./stopwatch.ts";

/** Steps per second, at most: no limit that a game would meet. */
const UNLIMITED = 1_000_000;

const SEED = 1;

answerParent(async (order) => {
  try {
    if (!isPlayOrder(order)) throw new Error(`There is no such order: ${JSON.stringify(order)}`);
    return { seconds: await play(order) };
  } catch (error) {
    return { error: errorMessage(error) };
  }
});

async function play({ urls, size, length }: PlayOrder): Promise<number> {
  const stopwatch = new Stopwatch(size * size, length);
  const steps = length.warmUp + length.steps;
  const states = randomStates(size, SEED);
  const servers = await findServers(urls, () => {});
  const manner = { name: undefined, wrap: true, speed: UNLIMITED, steps, patience: 0, progress: stopwatch };
  await playGame(servers, { size, states }, manner);
  return stopwatch.seconds;
}
