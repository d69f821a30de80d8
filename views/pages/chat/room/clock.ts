/** Writes points in time, given as ISO 8601, as the reader's own time zone and language have it. */
export interface Clock {
  /** The time of day: `14:05`. */
  time(iso: string): string;
  /** The day: `Thursday, 26 November 2026`. Never "today", which a page that stays open would turn into a lie. */
  day(iso: string): string;
  /** All of it, to the second. */
  full(iso: string): string;
}

/**
 * Creates a clock.
 *
 * @param locale - a BCP 47 tag. Default: the browser's
 * @param timeZone - an IANA name. Default: the system's
 */
export function createClock(locale?: string, timeZone?: string): Clock {
  const zone = timeZone === undefined ? {} : { timeZone };
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", ...zone });
  const day = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    ...zone,
  });
  const full = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "medium", ...zone });
  return {
    time: (iso) => time.format(new Date(iso)),
    day: (iso) => day.format(new Date(iso)),
    full: (iso) => full.format(new Date(iso)),
  };
}
