/** How much of a line's colour is in the area below it. */
const SHARE = 0.2;

/**
 * Mixes a little of a colour into what is behind it. The mixture covers what it is painted over, as a colour that is
 * translucent would not: areas that lie on top of one another keep their colours.
 *
 * @param color `#rrggbb` or `#rgb`, as `behind`
 */
export function tint(color: string, behind: string): string {
  const others = channelsOf(behind);
  return `rgb(${channelsOf(color)
    .map((channel, index) => mix(channel, others[index] ?? 0))
    .join(" ")})`;
}

function mix(one: number, other: number): number {
  return Math.round(one * SHARE + other * (1 - SHARE));
}

function channelsOf(color: string): number[] {
  const digits =
    color.length === 4 ? Array.from(color.slice(1), (digit) => digit + digit) : color.match(/[^#]{2}/g);
  return Array.from(digits ?? [], (channel) => Number.parseInt(channel, 16));
}
