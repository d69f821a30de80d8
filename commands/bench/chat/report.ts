import { percentile, ratios, type Summary, summarize } from "../statistics.ts";
import type { RoomRun } from "./run-room.ts";
import type { ChatSide } from "./sides.ts";

/** What is told of each side. */
export type ChatColumn = "p50" | "p99" | "together50" | "together99" | "fill" | "memory";

/** What several runs of a side came to. */
export interface ChatReport {
  readonly side: ChatSide;
  /** Times in milliseconds, to fill the room in seconds; memory in bytes. */
  readonly figures: Partial<Record<ChatColumn, Summary>>;
  /** How many times as much of each the last of all sides takes, run by run. */
  readonly ratios: Partial<Record<ChatColumn, Summary>>;
}

/** Sums the runs of all sides up; all are compared with the last of them. */
export function reportRooms(runs: ReadonlyMap<ChatSide, readonly RoomRun[]>): ChatReport[] {
  const reports = [...runs].map(([side, all]) => ({ side, figures: sumUp(all) }));
  const baseline = reports.at(-1);
  return reports.map(({ side, figures }) => ({
    side,
    figures,
    ratios: baseline && side !== baseline.side ? compare(figures, baseline.figures) : {},
  }));
}

function sumUp(runs: readonly RoomRun[]): ChatReport["figures"] {
  const memory = runs.flatMap((run) => run.memory ?? []);
  return {
    p50: summarize(runs.map(({ single }) => percentile(single, 0.5))),
    p99: summarize(runs.map(({ single }) => percentile(single, 0.99))),
    together50: summarize(runs.map(({ together }) => percentile(together, 0.5))),
    together99: summarize(runs.map(({ together }) => percentile(together, 0.99))),
    fill: summarize(runs.map(({ fill }) => fill)),
    ...(memory.length > 0 && { memory: summarize(memory) }),
  };
}

function compare(figures: ChatReport["figures"], baseline: ChatReport["figures"]): ChatReport["ratios"] {
  const names: readonly ChatColumn[] = ["p50", "p99", "together50", "together99"];
  return Object.fromEntries(
    names.flatMap((name) => {
      const [own, other] = [figures[name], baseline[name]];
      return own && other ? [[name, ratios(other.runs, own.runs)]] : [];
    }),
  );
}
