import type { RecordableHistogram } from "node:perf_hooks";
import { type Latency, latencyOf } from "../latency.ts";
import { currentStep, type Progress } from "./progress.ts";

/** What was asked of `gameoflife`, as far as its figures depend on it. */
export interface Setting {
  readonly url: readonly string[];
  /** The game's name on the servers; undefined for the default one. */
  readonly name: string | undefined;
  readonly size: number;
  readonly wrap: boolean;
  readonly processes: number;
  /** Steps per second, at most. */
  readonly speed: number;
  /** The step to end after; Infinity for a game without an end. */
  readonly steps: number;
}

/** What `gameoflife --json` gives. */
export interface GameResult {
  readonly command: "gameoflife";
  readonly url: readonly string[];
  readonly game: string | null;
  readonly size: number;
  readonly wrap: boolean;
  readonly processes: number;
  readonly speed: number;
  readonly steps: number | null;
  readonly durationSeconds: number;
  /** The step that the cells have come to; null if not all have told the first. */
  readonly step: number | null;
  readonly stepsPerSecond: number | null;
  readonly stepMs: Latency | null;
}

/**
 * All figures, for scripts.
 *
 * @param times how long each step took
 * @param duration of all of it, in milliseconds
 */
export function gameResult(
  { url, name, size, wrap, processes, speed, steps }: Setting,
  progress: Progress,
  times: RecordableHistogram,
  duration: number,
): GameResult {
  const cells = size ** 2;
  const stepMs = latencyOf(times);
  return {
    command: "gameoflife",
    url,
    game: name ?? null,
    size,
    wrap,
    processes,
    speed,
    steps: Number.isFinite(steps) ? steps : null,
    durationSeconds: Math.round(duration) / 1000,
    step: progress.updates < cells ? null : currentStep(progress, cells),
    stepsPerSecond: stepMs && Math.round(1_000_000 / stepMs.mean) / 1000,
    stepMs,
  };
}
