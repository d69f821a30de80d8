/** The channel on which a process says, again and again, that somebody looks there: {@link Look}. */
export const LOOKS = "status:looks";

/** The channel of what processes report meanwhile: frames of the status page's wire format. */
export const REPORTS = "status:reports";

/** What is said on {@link LOOKS}: that somebody looks, or that somebody has begun to, and wants what is kept, too. */
export type Look = "look" | "begin";

/** For how long after the last {@link Look} a process reports, in milliseconds: long enough for one that is busy to say it again. */
export const LOOK_TIMEOUT = 10_000;
