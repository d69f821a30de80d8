/** What a process says to its primary about the census. `number` tells questions apart, each side's own. */
export type ToPrimary<T> =
  | { readonly type: "ask"; readonly number: number }
  | { readonly type: "answer"; readonly number: number; readonly answer?: T | undefined }
  /** Its last answer: it will not give another one. */
  | { readonly type: "last"; readonly answer?: T | undefined };

/** What the primary says. */
export type FromPrimary<T> =
  | { readonly type: "asked"; readonly number: number }
  | { readonly type: "answers"; readonly number: number; readonly answers: T[] }
  /** The last answer has arrived. */
  | { readonly type: "noted" };

export const TOPIC = "census";
