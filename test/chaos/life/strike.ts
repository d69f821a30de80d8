import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf } from "../../support/children-of.ts";
import type { RunningCli } from "../../support/cli.ts";
import type { Victim } from "../victim.ts";
import type { ChaosOptions, Fault } from "./plan.ts";
import type { Site } from "./site.ts";

/** Makes a fault happen; resolves when what it struck is there again, as far as that is up to whoever struck it. */
export async function strike(
  { kind, victim, away }: Fault,
  { servers, redis, proxies }: Site,
  game: RunningCli,
  { pause }: Pick<ChaosOptions, "pause">,
): Promise<void> {
  switch (kind) {
    case "kill a server":
      return kill(servers[victim], away);
    case "kill Redis":
      return kill(redis, away);
    case "kill a client":
      // The process that started it starts another one, which takes its cells over.
      return signal(clientOf(game, victim), "SIGKILL");
    case "stop a server":
      return stop(servers[victim]?.pid, pause);
    case "stop Redis":
      return stop(redis.pid, pause);
    case "stop a client":
      return stop(clientOf(game, victim), pause);
    case "cut connections":
      return proxies[victim]?.cut();
    case "stall connections":
      return proxies[victim]?.stall();
  }
}

async function kill(victim: Victim | undefined, away: number): Promise<void> {
  await victim?.kill();
  await sleep(away);
  await victim?.start();
}

async function stop(pid: number | undefined, pause: number): Promise<void> {
  signal(pid, "SIGSTOP");
  await sleep(pause);
  signal(pid, "SIGCONT");
}

function clientOf({ process }: RunningCli, victim: number): number | undefined {
  const children = childrenOf(process.pid);
  return children[victim % Math.max(1, children.length)];
}

function signal(pid: number | undefined, name: NodeJS.Signals): void {
  if (pid === undefined || pid === 0) throw new Error(`There is no process to be sent ${name}`);
  process.kill(pid, name);
}
