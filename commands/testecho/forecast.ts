import { speedometer } from "../speedometer.ts";
import { awaited, finished, type Tally } from "./tally.ts";
import { WORDS } from "./transcript.ts";

/** How the clients get on. */
export interface Outlook {
  /** Their way up. */
  readonly connecting: Stage;
  /** Words that were answered, per second. */
  readonly answers: number;
  /** Their way to the end. */
  readonly finishing: Stage;
}

/** One of the ways that all clients go. */
export interface Stage {
  /** How many arrive per second. */
  readonly rate: number;
  /** Milliseconds until all have arrived; undefined if it cannot be told yet. */
  readonly left: number | undefined;
}

/** Gives the outlook as of `now`, in milliseconds. */
export type Forecast = (now: number) => Outlook;

/** One of the ways, in milliseconds since the beginning, and in clients. */
interface Way {
  readonly elapsed: number;
  /** When the first arrives at the earliest. */
  readonly begin: number;
  /** When the last arrives, if nothing has to wait. */
  readonly end: number;
  readonly arrived: number;
  readonly clients: number;
}

/** The part of all clients that has to arrive before their pace tells anything. */
const ENOUGH = 0.1;

/** The beginning of all clients is spread over so many delays. */
const SPREAD = 2;

/**
 * Tells how fast the clients come and go, and how long it will take: as planned, unless the server is slower than that.
 *
 * @param delay how long a client waits before each word, in milliseconds
 * @param start when they began, in milliseconds
 */
export function forecast(tally: Tally, delay: number, start: number): Forecast {
  const [coming, answering, going] = [speedometer(), speedometer(), speedometer()];
  const spread = SPREAD * delay;
  const talk = WORDS.length * delay;
  return function forecast(now) {
    const { clients } = tally;
    const elapsed = now - start;
    const to = awaited(tally);
    const up = timeLeft({ elapsed, begin: 0, end: spread, arrived: clients - to, clients });
    const down = timeLeft({ elapsed, begin: talk, end: talk + spread, arrived: finished(tally), clients });
    return {
      connecting: { rate: coming(now, tally.handshakes.count), left: up },
      answers: answering(now, tally.echoes.count),
      finishing: { rate: going(now, finished(tally)), left: to > 0 ? later(down, up, talk) : down },
    };
  };
}

/** Who has not come yet has all of the talk before it. */
function later(down: number | undefined, up: number | undefined, talk: number): number | undefined {
  return down === undefined || up === undefined ? undefined : Math.max(down, up + talk);
}

function timeLeft({ elapsed, begin, end, arrived, clients }: Way): number | undefined {
  const planned = Math.max(0, end - elapsed);
  if (arrived === clients) return 0;
  if (elapsed <= begin || arrived < clients * ENOUGH) return planned || undefined;
  return Math.max(planned, ((clients - arrived) / arrived) * (elapsed - begin));
}
