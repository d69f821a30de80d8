import { setMaxListeners } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connector } from "../../../commands/connector.ts";
import { pinnedLookup } from "../../../commands/find-server.ts";
import { TIMEOUT } from "../../support/timeouts.ts";
import type { Victim } from "../victims/victim.ts";
import { check, type Finding } from "./check.ts";
import { type Counts, Crowd } from "./crowd.ts";
import type { RoomHistory } from "./history.ts";
import { type ChaosOptions, checkOptions, type Kill, planKills } from "./plan.ts";
import { openShared, openSingle, type Site } from "./site.ts";

/** More than any log keeps. */
const ALL = 1_000_000;

/** How a run goes. */
export interface Progress {
  readonly counts: Readonly<Counts>;
  readonly kills: number;
  readonly acknowledged: number;
}

/** What came of a run. */
export interface Outcome extends Progress {
  readonly rooms: readonly RoomHistory[];
  readonly findings: readonly Finding[];
}

/**
 * Lets members write in rooms while their servers, or what these share, are killed and started again; then kills all a last time, and compares what was
 * acknowledged, what each member heard, and what the log has.
 *
 * @param watch told of how it goes, as soon as there is something to see
 * @throws RangeError for options that make no run
 * @throws Error if a member is put out of its room, or the server ends by itself or does not start
 */
export async function chaos(options: ChaosOptions, watch?: (progress: Progress) => void): Promise<Outcome> {
  checkOptions(options);
  const directory = await mkdtemp(join(tmpdir(), "chaos-"));
  try {
    return await chaosIn(directory, options, watch);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function chaosIn(
  directory: string,
  options: ChaosOptions,
  watch?: (progress: Progress) => void,
): Promise<Outcome> {
  const site = await (options.redis ? openShared : openSingle)(directory);
  const counts: Counts = { connections: 0, cutOff: 0, floods: 0, deliveries: 0 };
  const crowds = createCrowds(options, site, counts);
  const progress: Progress = {
    counts,
    get kills() {
      return site.victims.reduce((sum, victim) => sum + victim.kills, 0);
    },
    get acknowledged() {
      return crowds.reduce((sum, { recorder }) => sum + recorder.acknowledged, 0);
    },
  };
  watch?.(progress);
  try {
    await Promise.race([run(options, site, crowds), ...crowds.map(({ broken }) => broken)]);
    await Promise.all(crowds.map((crowd) => crowd.leave()));
    await site.end();
    const rooms = await readLog(site, crowds);
    const { kills, acknowledged } = progress;
    return { counts, kills, acknowledged, rooms, findings: rooms.flatMap(check) };
  } finally {
    await site.end();
    await Promise.all(crowds.map((crowd) => crowd.leave()));
  }
}

function createCrowds({ rooms, seed }: ChaosOptions, { urls }: Site, counts: Counts): Crowd[] {
  const [url = ""] = urls;
  const connect = connector(pinnedLookup(new URL(url).hostname));
  return Array.from(
    { length: rooms },
    (_, index) => new Crowd(`room-${index}`, { urls, connect, seed, counts }),
  );
}

async function run(options: ChaosOptions, { victims }: Site, crowds: readonly Crowd[]): Promise<void> {
  const { members, seconds } = options;
  const numbers = Array.from({ length: members }, (_, number) => number);
  await Promise.all(
    crowds.map((crowd, index) => crowd.enter(numbers.filter((number) => number % crowds.length === index))),
  );
  const over = new AbortController();
  // All members wait for it.
  setMaxListeners(0, over.signal);
  const writing = Promise.all(crowds.map((crowd) => crowd.write(over.signal)));
  await Promise.race([writing, killAll(planKills(options, victims.length), seconds, victims)]);
  over.abort();
  await writing;
  // A member who is still waiting then has missed something, which the check finds.
  const patience = AbortSignal.timeout(TIMEOUT);
  await Promise.all(crowds.map((crowd) => crowd.close(patience)));
}

/** Kills at each of the moments, or as soon after it as all are back; resolves when the time is over. */
async function killAll(kills: readonly Kill[], seconds: number, victims: readonly Victim[]): Promise<void> {
  const begin = performance.now();
  const until = (moment: number) => sleep(Math.max(0, moment - (performance.now() - begin)));
  for (const { at, away, victim } of kills) {
    await until(at);
    await victims[victim]?.kill();
    await sleep(away);
    await victims[victim]?.start();
  }
  await until(seconds * 1000);
}

async function readLog(site: Site, crowds: readonly Crowd[]): Promise<RoomHistory[]> {
  const log = await site.openLog();
  try {
    return await Promise.all(
      crowds.map(async ({ recorder }) => {
        const { entries } = await log.read(recorder.room, { limit: ALL });
        return recorder.history(entries);
      }),
    );
  } finally {
    await log.close();
  }
}
