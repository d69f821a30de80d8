import { foldNick } from "../../../handlers/chat/protocol.ts";

/** Gives a nick's hue, in degrees: the same on every page, and for nicks that are the same to the server. */
export function hueOf(nick: string): number {
  let hash = 2_166_136_261; // FNV-1a
  for (const character of foldNick(nick))
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  return (hash >>> 0) % 360;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Gives what stands for a nick where there is no room for it: its first character, as a reader counts them. */
export function initialOf(nick: string): string {
  const [first] = graphemes.segment(nick.trim());
  return first?.segment.toLocaleUpperCase() ?? "";
}
