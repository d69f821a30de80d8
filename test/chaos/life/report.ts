import Table from "cli-table3";
import type { Outcome } from "./chaos.ts";
import { VIOLATIONS } from "./check.ts";
import { type ChaosOptions, FAULTS } from "./plan.ts";

/** How many findings are told one by one. */
const TOLD = 10;

/** What a run did and found, as a table; and, if it found anything, the first of it and how to repeat it. */
export function report(
  options: ChaosOptions,
  { struck, step, seen, connections, watched, seconds, findings }: Outcome,
): string {
  const table = new Table({ style: { head: [], border: [] }, colAligns: ["left", "right"] });
  for (const fault of FAULTS) table.push([fault, `${struck.filter(({ kind }) => kind === fault).length}`]);
  table.push(["steps", `${step}`], ["states seen", `${seen}`]);
  for (const violation of VIOLATIONS)
    table.push([violation, `${findings.filter((finding) => finding.violation === violation).length}`]);
  return [
    table.toString(),
    `${struck.length} faults, in ${seconds.toFixed(0)} s; ${connections} connections of workers, ${watched} of watchers`,
    ...findings.slice(0, TOLD).map(({ violation, what }) => `${violation}: ${what}`),
    ...(findings.length > TOLD ? [`and ${findings.length - TOLD} more`] : []),
    `seed ${options.seed}${findings.length > 0 ? `: repeat it with ${commandLine(options)}` : ""}`,
  ].join("\n");
}

/** The command that runs the same again. */
export function commandLine(options: ChaosOptions): string {
  const all = Object.entries(options).map(([name, value]) => `--${name} ${value}`);
  return `npm run chaos:life -- ${all.join(" ")}`;
}
