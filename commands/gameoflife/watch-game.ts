import { createHistogram } from "node:perf_hooks";
import { formatDuration } from "../duration.ts";
import { untilAborted } from "../interrupts.ts";
import { recordLatency } from "../latency.ts";
import { latencyReport } from "../latency-report.ts";
import { liveLine } from "../live-line.ts";
import type { OutputStreams } from "../output.ts";
import { describeProgress, type Progress } from "./progress.ts";
import { type GameResult, gameResult, type Setting } from "./result.ts";
import { StepClock } from "./step-clock.ts";

/** How a game is shown. */
export interface Watched extends Setting {
  /** Whether all figures are given as JSON, and nothing else. */
  readonly json: boolean;
}

/**
 * Plays a game, and shows how far it is, and what came of it: on a terminal, or as JSON.
 *
 * @param play keeps the progress that it is given up to date
 * @throws what `play` rejects with; Interruption when `signal` aborts; in any case after it has told what came of the game
 */
export async function watchGame(
  play: (progress: Progress) => Promise<void>,
  { json, ...setting }: Watched,
  { output, errors }: OutputStreams,
  signal: AbortSignal,
): Promise<void> {
  const cells = setting.size ** 2;
  const times = createHistogram();
  const progress = new StepClock(cells, (milliseconds) => recordLatency(times, milliseconds));
  const start = performance.now();
  const endLine = liveLine(json ? errors : output, describeProgress(progress, cells, setting.steps));
  try {
    await untilAborted(play(progress), signal);
  } finally {
    endLine();
    const result = gameResult(setting, progress, times, performance.now() - start);
    if (json) output.write(`${JSON.stringify(result, null, 2)}\n`);
    else if (output.isTTY) output.write(summary(result));
  }
}

/** What a terminal shows at the end; nothing of a game that made no step. */
export function summary({ step, stepsPerSecond, durationSeconds, stepMs }: GameResult): string {
  if (stepMs === null) return "";
  const time = formatDuration(durationSeconds * 1000);
  const head = `step ${step} after ${time}, ${stepsPerSecond?.toFixed(1)} steps/s`;
  return `${head}\n${latencyReport({ step: stepMs })}\n`;
}
