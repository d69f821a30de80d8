import { mulberry32 } from "../../../commands/gameoflife/random.ts";
import { FLOOD_BURST, FLOOD_RATE, MAX_TEXT } from "../../../handlers/chat/protocol.ts";

/** What a run does. All of it follows from the seed, but for what the machine makes of it. */
export interface ChaosOptions {
  readonly members: number;
  readonly rooms: number;
  /** For how long they write. */
  readonly seconds: number;
  /** How often a server, or Redis, is killed meanwhile. */
  readonly kills: number;
  readonly seed: number;
  /** Whether there are two servers and a Redis, of which any can be killed. Default: one server. */
  readonly redis?: boolean;
}

/** What one member says next. */
export interface Line {
  /** Milliseconds after the one before. */
  readonly pause: number;
  readonly text: string;
}

/** One end of what can be killed, and its return. */
export interface Kill {
  /** Milliseconds from the beginning. */
  readonly at: number;
  /** For how many milliseconds it is away, beside what its start takes. */
  readonly away: number;
  /** Which of those that can be killed, from 0. */
  readonly victim: number;
}

/** What a room's log keeps: a run that says more would find the beginning gone. */
const KEPT = 10_000;

/** The most that a member waits from one line to the next, in milliseconds. */
const MOST_PAUSE = 1_200;

/** The longest that there is no server, in milliseconds. */
const MOST_AWAY = 400;

const WORDS = [
  "tea",
  "two\nlines",
  "<b>",
  "naïve",
  "日本語",
  "👩‍👩‍👧",
  "\u0000",
  "\u202e",
  '"',
  "\\",
] as const;

/** @throws RangeError that says what to do about options that make no run */
export function checkOptions({ members, rooms, seconds, kills, seed }: ChaosOptions): void {
  for (const [name, value] of Object.entries({ members, rooms, seconds })) checkInteger(name, value, 1);
  for (const [name, value] of Object.entries({ kills, seed })) checkInteger(name, value, 0);
  if (members < rooms)
    throw new RangeError(`${rooms} rooms need as many members: use --members ${rooms} or more`);
  const most = Math.ceil(members / rooms) * (FLOOD_BURST + FLOOD_RATE * seconds);
  if (most > KEPT)
    throw new RangeError(
      `${most} messages could be said in a room, of which ${KEPT} are kept: use more rooms, fewer members or fewer seconds`,
    );
}

function checkInteger(name: string, value: number, from: number): void {
  if (Number.isSafeInteger(value) && value >= from) return;
  throw new RangeError(`--${name} has to be an integer from ${from}`);
}

/**
 * When which of those is killed that can be: at random moments, in order, none of them in the first or last twentieth.
 *
 * @param victims how many can be killed
 */
export function planKills({ kills, seconds, seed }: ChaosOptions, victims = 1): Kill[] {
  const random = mulberry32(seed);
  const span = seconds * 1000;
  const moments = Array.from({ length: kills }, () => span * (0.05 + 0.9 * random()));
  return moments
    .sort((a, b) => a - b)
    .map((at) => ({
      at,
      away: MOST_AWAY * random(),
      victim: Math.floor(victims * random()),
    }));
}

/** All that one member would say, without an end. */
export function* planLines(seed: number, member: number): Generator<Line, never> {
  const random = mulberry32(seed ^ Math.imul(member + 1, 0x9e3779b1));
  for (let count = 0; ; count++) {
    const words = Array.from(
      { length: lengthOf(random()) },
      () => WORDS[Math.floor(random() * WORDS.length)],
    );
    const text = [...`${member} says ${count}: ${words.join(" ")}`].slice(0, MAX_TEXT).join("");
    yield { pause: random() * MOST_PAUSE, text };
  }
}

/** In words: mostly few, now and then more than a message holds. */
function lengthOf(chance: number): number {
  return chance > 0.99 ? MAX_TEXT : Math.floor(chance * 12);
}
