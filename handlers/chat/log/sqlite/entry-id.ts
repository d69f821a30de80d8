import { randomBytes } from "node:crypto";

/** A room as far as its entries' ids are concerned. */
export interface Numbered {
  /** Tells its ids from those of other rooms, and of a file that is no more. */
  readonly tag: string;
  /** The number of its last entry; 0 if it never had one. */
  readonly last: number;
}

const ID = /^([0-9a-f]{12})\.([1-9]\d{0,14})$/;

export function randomTag(): string {
  return randomBytes(6).toString("hex");
}

/** The id of a room's entry. Entries of a room are numbered from 1 without a gap, in the order of their commits. */
export function entryId(tag: string, number: number): string {
  return `${tag}.${number}`;
}

/** The number of a room's entry; undefined for an id that none of its entries ever had. */
export function entryNumber({ tag, last }: Numbered, id: string): number | undefined {
  const [, idTag, digits] = ID.exec(id) ?? [];
  const number = Number(digits);
  return idTag === tag && number <= last ? number : undefined;
}
