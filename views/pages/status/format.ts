/** A quantity as it is shown: its digits and its unit are set apart, so that they can be set in different sizes. */
export interface Quantity {
  readonly digits: string;
  /** With its SI prefix: `kB/s`; empty for a plain number below 1,000. */
  readonly unit: string;
}

/** What is shown where nothing is known. */
const UNKNOWN: Quantity = { digits: "–", unit: "" };

/** SI prefixes of the powers of 1,000, from the power -3 on. */
const PREFIXES = ["n", "µ", "m", "", "k", "M", "G", "T"];

/** A number and its unit do not part at the end of a line. */
const SPACE = "\u202f";

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/**
 * Puts a quantity in three digits with an SI prefix: 12,345 `B/s` are 12.3 `kB/s`.
 *
 * @param unit only seconds are divided, to `ms` and `µs`: nobody counts in millimessages
 */
export function toQuantity(value: number | undefined, unit = ""): Quantity {
  if (value === undefined || !Number.isFinite(value)) return UNKNOWN;
  const rounded = Number(value.toPrecision(3));
  const power = powerOf(rounded, unit === "s" ? -3 : 0);
  const digits =
    power === 0 && Number.isInteger(rounded) ? String(rounded) : threeDigits(rounded / 1000 ** power);
  return { digits, unit: `${PREFIXES[power + 3]}${unit}` };
}

/** Puts a count in full: `10,000`. */
export function toCount(value: number | undefined): Quantity {
  return value === undefined ? UNKNOWN : { digits: whole.format(value), unit: "" };
}

/** Puts a quantity in a line of text: `12.3 kB/s`. */
export function format(value: number | undefined, unit?: string): string {
  return toText(toQuantity(value, unit));
}

/** Puts a mark of an axis in text, without digits that say nothing: `5 k`. */
export function formatMark(value: number, unit?: string): string {
  const { digits, unit: prefixed } = toQuantity(value, unit);
  return toText({ digits: String(Number(digits)), unit: prefixed });
}

/** Puts digits and unit in one text. */
export function toText({ digits, unit }: Quantity): string {
  return unit === "" ? digits : `${digits}${SPACE}${unit}`;
}

/** The power of 1,000 that leaves one to three digits before the point, as far as there is a prefix for it. */
function powerOf(value: number, least: number): number {
  if (value === 0) return 0;
  const power = Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9);
  return Math.min(Math.max(power, least), PREFIXES.length - 4);
}

/** As many digits as make three, of which at most two are after the point. */
function threeDigits(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 100) return value.toFixed(0);
  return value.toFixed(magnitude >= 10 ? 1 : 2);
}
