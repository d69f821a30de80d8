/** From the least to the most that an option may be. */
export type Range = readonly [least: number, most: number];

/** @throws TypeError that names an option which there is not */
export function checkNames(options: object, known: object, of: string): void {
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(known, name)) throw new TypeError(`Unknown ${of} option "${name}"`);
  }
}

/** @throws TypeError that names an option which is no number, or out of its range */
export function checkNumbers(settings: object, ranges: Readonly<Record<string, Range>>): void {
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value: unknown = Reflect.get(settings, name);
    if (typeof value !== "number" || !(value >= least && value <= most)) {
      throw new TypeError(`"${name}" has to be a number from ${least} to ${most}, not ${String(value)}`);
    }
  }
}

/** What is given, over the defaults; an option that is undefined is not given. */
export function withDefaults<Settings extends object>(options: object, defaults: Settings): Settings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}
