import type { Histories } from "./histories.ts";
import type { ProcessHistory } from "./process-history.ts";

/** What charts can show: all processes, those of a machine, or one. */
export interface Source {
  /** Tells it from all others, for as long as it is there. */
  readonly id: string;
  readonly label: string;
  readonly processes: readonly ProcessHistory[];
}

/** Sources that stand together, below the name of a machine. */
export interface Group {
  readonly machine: string;
  readonly sources: readonly Source[];
}

/** All that can be chosen. */
export interface Sources {
  /** The sum of all processes. */
  readonly all: Source;
  /** Machine by machine its sum, where there are several, and its processes; none where there is one process alone. */
  readonly groups: readonly Group[];
}

/**
 * Lists what charts can show.
 *
 * @param own the id of the process that serves the page
 */
export function sourcesOf(histories: Histories, own: string | undefined): Sources {
  const machines = new Map<string, ProcessHistory[]>();
  for (const one of histories.all) {
    const { machine } = one.process;
    machines.set(machine, [...(machines.get(machine) ?? []), one]);
  }

  function group(machine: string, processes: readonly ProcessHistory[]): Group {
    const sum = { id: `machine ${machine}`, label: `all of ${machine}`, processes };
    const each = processes.map((one) => ({ id: one.process.id, label: labelOf(one), processes: [one] }));
    return { machine, sources: machines.size > 1 && processes.length > 1 ? [sum, ...each] : each };
  }

  function labelOf(one: ProcessHistory): string {
    const label = `process ${one.process.pid}`;
    if (!histories.isAlive(one)) return `${label}, ended`;
    return one.process.id === own ? `${label}, which serves this page` : label;
  }

  return {
    all: { id: "all", label: labelOfAll(histories, machines.size), processes: histories.all },
    groups:
      histories.all.length < 2
        ? []
        : Array.from(machines, ([machine, processes]) => group(machine, processes)),
  };
}

function labelOfAll(histories: Histories, machines: number): string {
  const count = histories.all.filter((one) => histories.isAlive(one)).length;
  if (count < 2) return "One process";
  return machines === 1 ? `All ${count} processes` : `All ${count} processes on ${machines} machines`;
}
