import type { Grid } from "../../support/reference-life.ts";
import type { Sightings } from "./sightings.ts";

/** What a game that survives all of it never does. */
export const VIOLATIONS = ["wrong", "contradicted", "unfinished"] as const;

export type Violation = (typeof VIOLATIONS)[number];

/** What was found wrong. */
export interface Finding {
  readonly violation: Violation;
  readonly what: string;
}

/** How the client ended; undefined where it did not. */
export type ClientEnd = { readonly code: number | null; readonly stderr: string } | undefined;

/** All that is known of a game when a run is over. */
export interface GameHistory {
  /** The grid at each step, from 0 to the last, as the rules have it. */
  readonly reference: readonly Grid[];
  /** What the watcher of each server saw. */
  readonly sightings: readonly Sightings[];
  readonly client: ClientEnd;
}

/**
 * Looks for all that must not be in a game's history:
 *
 * - **wrong**: a cell in another state than the reference has it in, or at a step that the game has not.
 * - **contradicted**: a cell at one step in two states, seen on two servers or by one watcher at two times.
 * - **unfinished**: a server that did not come to the last step with all cells, or a client that did not end with 0.
 */
export function check(history: GameHistory): Finding[] {
  const findings = { wrong, contradicted, unfinished };
  return VIOLATIONS.flatMap((violation) =>
    Array.from(findings[violation](history), (what) => ({ violation, what })),
  );
}

function* wrong({ reference, sightings }: GameHistory): Generator<string> {
  const size = reference[0]?.length ?? 0;
  const marks = reference.map((grid) => grid.join(""));
  for (const [server, seen] of sightings.entries()) {
    for (const { step, cell, states } of seen.all()) {
      const mark = marks[step]?.[cell];
      const right = mark === undefined ? undefined : Number(mark === "O");
      for (const state of states) {
        if (state !== right)
          yield `server ${server} showed ${shown(cell, size)} ${named(state)} at step ${step}, where it is ${named(right)}`;
      }
    }
  }
}

function* contradicted({ reference, sightings }: GameHistory): Generator<string> {
  const size = reference[0]?.length ?? 0;
  for (const [server, seen] of sightings.entries()) {
    for (const { step, cell, states } of seen.all()) {
      const where = `${shown(cell, size)} both dead and alive at step ${step}`;
      if (states.length > 1) yield `server ${server} showed ${where}`;
      for (const [other, alsoSeen] of sightings.entries()) {
        if (other > server && isContradicted(states, alsoSeen.statesAt(step, cell)))
          yield `servers ${server} and ${other} showed ${where}`;
      }
    }
  }
}

/** What one watcher alone saw in both is told of that one. */
function isContradicted([one, ...more]: readonly (0 | 1)[], [other, ...others]: readonly (0 | 1)[]): boolean {
  return more.length === 0 && others.length === 0 && other !== undefined && one !== other;
}

function* unfinished({ reference, sightings, client }: GameHistory): Generator<string> {
  const last = reference.length - 1;
  for (const [server, { step }] of sightings.entries()) {
    if (step < last) yield `server ${server} came to step ${step} of ${last}`;
  }
  if (!client) yield "the client did not end";
  else if (client.code !== 0) yield `the client ended with ${client.code}: ${client.stderr.trim()}`;
}

function shown(cell: number, size: number): string {
  return `cell ${Math.floor(cell / size)} ${cell % size}`;
}

function named(state: number | undefined): string {
  if (state === undefined) return "not to be";
  return state === 1 ? "alive" : "dead";
}
