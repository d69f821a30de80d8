/** How much of a line's colour is in the area below it. */
const SHARE = 0.2;

/**
 * Mixes a little of a colour into what is behind it. The mixture covers what it is painted over, as a colour that is
 * translucent would not: areas that lie on top of one another keep their colours.
 *
 * @param color `#rrggbb`, as `behind`
 */
export function tint(color: string, behind: string): string {
  const channels = [1, 3, 5].map((at) => mix(channel(color, at), channel(behind, at)));
  return `rgb(${channels.join(" ")})`;
}

function mix(one: number, other: number): number {
  return Math.round(one * SHARE + other * (1 - SHARE));
}

function channel(color: string, at: number): number {
  return Number.parseInt(color.slice(at, at + 2), 16);
}
