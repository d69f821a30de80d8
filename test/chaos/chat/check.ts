import { isSame, nameOf, type RoomHistory, type Said } from "./history.ts";

/** What a chat that loses nothing never does. */
export const VIOLATIONS = ["lost", "missed", "doubled", "reordered", "altered"] as const;

export type Violation = (typeof VIOLATIONS)[number];

/** What was found wrong, the first of each kind with a sentence. */
export interface Finding {
  readonly room: string;
  readonly violation: Violation;
  readonly what: string;
}

/**
 * Looks for all that must not be in a room's history:
 *
 * - **lost**: acknowledged, and not in the log under that id.
 * - **missed**: in the log, and not heard by a member.
 * - **doubled**: in the log twice, or heard twice by a member.
 * - **reordered**: heard by a member in another order than the log's.
 * - **altered**: kept or heard with other words, or by other names, than it was said with; or said by nobody.
 */
export function check(history: RoomHistory): Finding[] {
  const findings = { lost: lost, missed: missed, doubled: doubled, reordered: reordered, altered: altered };
  return VIOLATIONS.flatMap((violation) =>
    Array.from(findings[violation](history), (what) => ({ room: history.room, violation, what })),
  );
}

function* lost({ acknowledged, log }: RoomHistory): Generator<string> {
  const kept = new Set(log.map(({ id }) => id));
  for (const message of acknowledged) {
    if (!kept.has(message.id)) yield `${shown(message)} was acknowledged, and is not in the log`;
  }
}

function* missed({ hearings, log }: RoomHistory): Generator<string> {
  for (const { nick, ids } of hearings) {
    const heard = new Set(ids);
    for (const message of log) {
      if (!heard.has(message.id)) yield `${nick} did not hear ${shown(message)}`;
    }
  }
}

function* doubled({ hearings, log }: RoomHistory): Generator<string> {
  for (const id of repeated(log.map((message) => message.id))) yield `${id} is in the log twice`;
  for (const name of repeated(log.map(nameOf))) yield `${name} was said twice`;
  for (const { nick, ids } of hearings) {
    for (const id of repeated(ids)) yield `${nick} heard ${id} twice`;
  }
}

function* reordered({ hearings, log }: RoomHistory): Generator<string> {
  const places = new Map(log.map(({ id }, place) => [id, place]));
  for (const { nick, ids } of hearings) {
    let last = -1;
    for (const id of new Set(ids)) {
      const place = places.get(id) ?? last;
      if (place < last) yield `${nick} heard ${id} too late`;
      last = Math.max(last, place);
    }
  }
}

function* altered({ written, acknowledged, heard, log }: RoomHistory): Generator<string> {
  const kept = new Map(log.map((message) => [message.id, message]));
  for (const message of log) {
    if (written.get(nameOf(message)) !== message.text) yield `${shown(message)} was not said like that`;
  }
  for (const message of [...acknowledged, ...[...heard.values()].flat()]) {
    const entry = kept.get(message.id);
    // What was acknowledged and is not there is lost, not altered.
    if (entry ? !isSame(entry, message) : heard.has(message.id))
      yield `${shown(message)} is not in the log like that`;
  }
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.filter((name) => seen.has(name) || !seen.add(name));
}

function shown({ id, nick, ref }: Said): string {
  return `${nick}'s ${ref} (${id})`;
}
