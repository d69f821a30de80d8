/** The units of which a length of time is told in the largest that fits, with their lengths in seconds. */
const UNITS = [
  ["year", 31_556_952],
  ["month", 2_629_746],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
] as const;

/**
 * Tells how long ago something was: `5 minutes ago`, `yesterday`, `just now` for less than a minute or a clock that is wrong.
 *
 * @param iso - when it was: ISO 8601
 * @param now - in milliseconds since 1970
 */
export function ago(iso: string, now: number, locale = "en"): string {
  const seconds = (now - Date.parse(iso)) / 1_000;
  const unit = UNITS.find(([, length]) => seconds >= length);
  if (!unit) return "just now";
  const [name, length] = unit;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-Math.floor(seconds / length), name);
}
