import Table from "cli-table3";
import type { Outcome } from "./chaos.ts";
import { VIOLATIONS } from "./check.ts";
import { KINDS, nameOf } from "./fault.ts";
import type { ChaosOptions } from "./plan.ts";

/** What a run did and found, as a table; and, if it found anything, the first of each kind and how to repeat it. */
export function report(options: ChaosOptions, { struck, views, seconds, findings }: Outcome): string {
  const { size, steps, seed } = options;
  const table = new Table({
    head: ["watched", "last step", "states seen", "of", "reconnections"],
    style: { head: [], border: [] },
    colAligns: ["left", "right", "right", "right", "right"],
  });
  const all = (steps + 1) * size ** 2;
  for (const [server, { seen, step, reconnections }] of views.entries())
    table.push([`server ${server}`, ...[step, seen, all, reconnections].map(String)]);
  const kinds = KINDS.map((kind) => {
    const count = struck.filter((fault) => nameOf(fault) === nameOf(kind)).length;
    return `${nameOf(kind)} ${count}`;
  });
  const counts = VIOLATIONS.map((violation) => `${violation} ${of(violation).length}`);
  const told = VIOLATIONS.flatMap((violation) =>
    of(violation)
      .slice(0, 1)
      .map(({ what }) => `${violation}: ${what}`),
  );
  return [
    table.toString(),
    `${struck.length} of ${options.faults} faults: ${kinds.join(", ")}`,
    `${size}x${size} cells, ${steps} steps, ${seconds.toFixed(1)} s: ${counts.join(", ")}`,
    ...told,
    `seed ${seed}${findings.length > 0 ? `: repeat it with ${commandLine(options)}` : ""}`,
  ].join("\n");

  function of(violation: (typeof VIOLATIONS)[number]) {
    return findings.filter((finding) => finding.violation === violation);
  }
}

/** The command that runs the same again. */
export function commandLine({ pattern, ...numbers }: ChaosOptions): string {
  const all = Object.entries(numbers).map(([name, value]) => `--${name} ${value}`);
  const start = pattern === undefined ? "--random" : `--pattern ${pattern}`;
  return `npm run chaos:life -- ${[start, ...all].join(" ")}`;
}
