/** Bytes that are UTF-8 (RFC 3629), or are not. */
export interface Utf8Sample {
  readonly title: string;
  readonly bytes: Buffer;
}

const BOUNDARIES = [0x00, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xfffd, 0xffff, 0x10000, 0x10ffff];

/** U+FDD0 to U+FDEF, and the last two of each plane: characters that never will be, and still are UTF-8. */
const NONCHARACTERS = [
  0xfdd0,
  0xfdef,
  ...Array.from({ length: 17 }, (_, plane) => [plane * 0x10000 + 0xfffe, plane * 0x10000 + 0xffff]).flat(),
];

export const VALID_UTF8: readonly Utf8Sample[] = [
  { title: "an empty text", bytes: Buffer.alloc(0) },
  { title: "letters of one to four bytes", bytes: Buffer.from("Aé卵𝒳 👩‍👩‍👧 κόσμε") },
  { title: "a byte order mark", bytes: Buffer.from("efbbbf41", "hex") },
  ...BOUNDARIES.map((point) => ({
    title: pointName(point),
    bytes: Buffer.from(String.fromCodePoint(point)),
  })),
  { title: "the noncharacters", bytes: Buffer.from(String.fromCodePoint(...NONCHARACTERS)) },
];

export const INVALID_UTF8: readonly Utf8Sample[] = [
  ...samples("a code point beyond U+10FFFF", ["f4908080", "f5808080", "f7bfbfbf"]),
  ...samples("a form of five bytes", ["f888808080", "fbbfbfbfbf"]),
  ...samples("a form of six bytes", ["fc8480808080", "fdbfbfbfbfbf"]),
  ...samples("a continuation byte on its own", ["80", "bf", "80bf", "80bf80", "80bf80bf80bf80"]),
  { title: "all continuation bytes", bytes: range(0x80, 0xbf) },
  ...samples("a start byte without what it announces", [
    "c220",
    "df20",
    "e020",
    "ef20",
    "f020",
    "f420",
    "f820",
    "fc20",
  ]),
  ...samples("a character that ends too early", [
    "ce",
    "e08f",
    "e0a0",
    "efbf",
    "f09080",
    "f48fbf",
    "f888",
    "fc84",
  ]),
  ...samples("characters that all end too early", ["c2e0a0f09080", "dfefbff48fbf"]),
  ...samples("a byte that is never used", ["fe", "ff", "fefeffff"]),
  ...samples("an overlong slash", ["c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"]),
  ...samples("an overlong form of the most that a shorter one has", [
    "c1bf",
    "e09fbf",
    "f08fbfbf",
    "f887bfbfbf",
  ]),
  ...samples("an overlong NUL", ["c080", "e08080", "f0808080", "f880808080", "fc8080808080"]),
  ...samples("a surrogate", ["eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"]),
  ...samples("a pair of surrogates", ["eda080edb080", "edadbfedbfbf", "edafbfedbfbf"]),
];

function samples(title: string, hexes: readonly string[]): Utf8Sample[] {
  return hexes.map((hex) => ({ title: `${title}, ${hex}`, bytes: Buffer.from(hex, "hex") }));
}

function range(first: number, last: number): Buffer {
  return Buffer.from(Array.from({ length: last - first + 1 }, (_, index) => first + index));
}

function pointName(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
}
