import Table from "cli-table3";
import type { Outcome } from "./chaos.ts";
import { type Finding, VIOLATIONS } from "./check.ts";
import type { RoomHistory } from "./history.ts";
import type { ChaosOptions } from "./plan.ts";

/** How many findings are told one by one. */
const TOLD = 10;

/** What a run did and found, as a table; and, if it found anything, the first of it and how to repeat it. */
export function report(options: ChaosOptions, { counts, kills, rooms, findings }: Outcome): string {
  const table = new Table({
    head: ["room", "members", "written", "acknowledged", "in the log", "heard", ...VIOLATIONS],
    style: { head: [], border: [] },
    colAligns: ["left", ...Array.from({ length: 5 + VIOLATIONS.length }, () => "right" as const)],
  });
  for (const history of rooms) table.push(row(history.room, [history], findings.filter(isOf(history))));
  table.push(row("all", rooms, findings));
  const told = findings.slice(0, TOLD).map(({ room, violation, what }) => `${room}: ${violation}: ${what}`);
  return [
    table.toString(),
    `${kills} times killed, in ${options.seconds} s; ${counts.connections} connections; ` +
      `${counts.cutOff} messages cut off from their answer; ${counts.floods} waits for the flood limit`,
    ...told,
    ...(findings.length > TOLD ? [`and ${findings.length - TOLD} more`] : []),
    `seed ${options.seed}${findings.length > 0 ? `: repeat it with ${commandLine(options)}` : ""}`,
  ].join("\n");
}

/** The command that runs the same again. */
export function commandLine({ members, rooms, seconds, kills, seed, redis }: ChaosOptions): string {
  const options = Object.entries({ members, rooms, seconds, kills, seed });
  const all = options.map(([name, value]) => `--${name} ${value}`).join(" ");
  return `npm run chaos:chat -- ${all}${redis ? " --redis" : ""}`;
}

function row(name: string, rooms: readonly RoomHistory[], findings: readonly Finding[]): string[] {
  const sum = (figure: (history: RoomHistory) => number): number =>
    rooms.reduce((total, history) => total + figure(history), 0);
  return [
    name,
    ...[
      sum(({ hearings }) => hearings.length),
      sum(({ written }) => written.size),
      sum(({ acknowledged }) => acknowledged.length),
      sum(({ log }) => log.length),
      sum(({ hearings }) => hearings.reduce((total, { ids }) => total + ids.length, 0)),
      ...VIOLATIONS.map((violation) => findings.filter((finding) => finding.violation === violation).length),
    ].map(String),
  ];
}

function isOf({ room }: RoomHistory): (finding: Finding) => boolean {
  return (finding) => finding.room === room;
}
